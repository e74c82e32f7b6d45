import NNRSyntax

/// The worked example of the format reference (9.1 and 9.2): a 2 × 3 tensor in 39 bytes.
enum WorkedExample {
  /// A row of the table: an element and its bits.
  struct Row: Sendable {
    let unit: Int
    let bit: Int
    let bits: String
    let name: String
    let descriptor: String
    let value: ElementValue

    init(
      _ unit: Int, _ bit: Int, _ bits: String, _ name: String, _ descriptor: String,
      _ value: ElementValue
    ) {
      self.unit = unit
      self.bit = bit
      self.bits = bits
      self.name = name
      self.descriptor = descriptor
      self.value = value
    }
  }

  /// The bytes, unit by unit; the header of the last one comes first, then its payload.
  static let hex = [
    "00 04 02 01", "00 08 06 81 00 40 00 80", "00 06 0e 00 00 00",
    "00 15 16 09 77 00 d0 40 c1 20 a0 c2 a0 80" + "f7 df a0 03 05 94 f8",
  ]

  /// Every element of the headers, with its place in the file.
  static let rows: [Row] = [
    Row(0, 0, "0", "nnr_unit_size_flag", "u(1)", .number(0)),
    Row(0, 1, "000000000000100", "nnr_unit_size", "u(15)", .number(4)),
    Row(0, 16, "000000", "nnr_unit_type", "u(6)", .number(0)),
    Row(0, 22, "1", "independently_decodable_flag", "u(1)", .number(1)),
    Row(0, 23, "0", "partial_data_counter_present_flag", "u(1)", .number(0)),
    Row(0, 24, "00000001", "general_profile_idc", "u(8)", .number(1)),
    Row(1, 32, "0", "nnr_unit_size_flag", "u(1)", .number(0)),
    Row(1, 33, "000000000001000", "nnr_unit_size", "u(15)", .number(8)),
    Row(1, 48, "000001", "nnr_unit_type", "u(6)", .number(1)),
    Row(1, 54, "1", "independently_decodable_flag", "u(1)", .number(1)),
    Row(1, 55, "0", "partial_data_counter_present_flag", "u(1)", .number(0)),
    Row(1, 56, "1", "topology_carriage_flag", "u(1)", .number(1)),
    Row(1, 57, "0", "mps_sparsification_flag", "u(1)", .number(0)),
    Row(1, 58, "0", "mps_pruning_flag", "u(1)", .number(0)),
    Row(1, 59, "0", "mps_unification_flag", "u(1)", .number(0)),
    Row(1, 60, "0", "mps_decomposition_performance_map_flag", "u(1)", .number(0)),
    Row(1, 61, "001", "mps_quantization_method_flags", "u(3)", .number(1)),
    Row(1, 64, "0", "mps_topology_indexed_reference_flag", "u(1)", .number(0)),
    Row(1, 65, "0", "base_model_id_present_flag", "u(1)", .number(0)),
    Row(1, 66, "0", "validation_set_performance_present_flag", "u(1)", .number(0)),
    Row(1, 67, "0", "metric_type_performance_map_valid_flag", "u(1)", .number(0)),
    Row(1, 68, "0", "mps_parent_signalling_enabled_flag", "u(1)", .number(0)),
    Row(1, 69, "0", "nnr_reserved_zero_1bit", "u(1)", .number(0)),
    Row(1, 70, "00", "nnr_reserved_zero_2bits", "u(2)", .number(0)),
    Row(1, 72, "010", "mps_qp_density", "u(3)", .number(2)),
    Row(1, 75, "0000000000000", "mps_quantization_parameter", "i(13)", .number(0)),
    Row(1, 88, "10000000", "byte_alignment", "1+0*", .none),
    Row(2, 96, "0", "nnr_unit_size_flag", "u(1)", .number(0)),
    Row(2, 97, "000000000000110", "nnr_unit_size", "u(15)", .number(6)),
    Row(2, 112, "000011", "nnr_unit_type", "u(6)", .number(3)),
    Row(2, 118, "1", "independently_decodable_flag", "u(1)", .number(1)),
    Row(2, 119, "0", "partial_data_counter_present_flag", "u(1)", .number(0)),
    Row(2, 120, "00000000", "topology_storage_format", "u(8)", .number(0)),
    Row(2, 128, "00000000", "topology_compression_format", "u(8)", .number(0)),
    Row(2, 136, "00000000", "topology_data", "bs(v)", .text([], total: 0)),
    Row(3, 144, "0", "nnr_unit_size_flag", "u(1)", .number(0)),
    Row(3, 145, "000000000010101", "nnr_unit_size", "u(15)", .number(21)),
    Row(3, 160, "000101", "nnr_unit_type", "u(6)", .number(5)),
    Row(3, 166, "1", "independently_decodable_flag", "u(1)", .number(1)),
    Row(3, 167, "0", "partial_data_counter_present_flag", "u(1)", .number(0)),
    Row(3, 168, "00001", "nnr_compressed_data_unit_payload_type", "u(5)", .number(1)),
    Row(3, 173, "0", "nnr_multiple_topology_elements_present_flag", "u(1)", .number(0)),
    Row(3, 174, "0", "nnr_decompressed_data_format_present_flag", "u(1)", .number(0)),
    Row(3, 175, "1", "input_parameters_present_flag", "u(1)", .number(1)),
    Row(3, 176, "0111011100000000", "topology_elem_id", "st(v)", .text([119], total: 1)),
    Row(3, 192, "1", "node_id_present_flag", "u(1)", .number(1)),
    Row(3, 193, "10", "device_id", "ue(1)", .number(0)),
    Row(3, 195, "100000", "parameter_id", "ue(5)", .number(0)),
    Row(3, 201, "10000", "put_node_depth", "ue(4)", .number(0)),
    Row(3, 206, "0", "codebook_present_flag", "u(1)", .number(0)),
    Row(3, 207, "0", "dq_flag", "u(1)", .number(0)),
    Row(3, 208, "1", "tensor_dimensions_flag", "u(1)", .number(1)),
    Row(3, 209, "1", "cabac_unary_length_flag", "u(1)", .number(1)),
    Row(3, 210, "0000", "compressed_parameter_types", "u(4)", .number(0)),
    Row(3, 214, "0100", "count_tensor_dimensions", "ue(1)", .number(2)),
    Row(3, 218, "10000010", "tensor_dimensions[0]", "ue(7)", .number(2)),
    Row(3, 226, "10000011", "tensor_dimensions[1]", "ue(7)", .number(3)),
    Row(3, 234, "00001010", "cabac_unary_length_minus1", "u(8)", .number(10)),
    Row(3, 242, "10", "first_tensor_dimension_shift", "ue(1)", .number(0)),
    Row(3, 244, "0000", "scan_order", "u(4)", .number(0)),
    Row(3, 248, "10000000", "byte_alignment", "1+0*", .none),
  ]
}

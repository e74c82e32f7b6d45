// The members are the keys of the corpus, which its README explains.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The ground truth of a stream; keys as in the corpus, whose README describes them.
public struct Manifest: Decodable, Sendable {
  /// A unit.
  public struct Unit: Decodable, Sendable {
    public var index: Int
    public var offset: Int
    public var size: Int
    public var type: String
    public var header_bytes: Int
    public var payload_bytes: Int
    public var cabac_bytes: Int?
    public var elements: [Element]?
  }

  /// A syntax element: name, value, bit offset in the unit, bit length.
  public struct Element: Decodable, Sendable {
    public var name: String
    public var value: Value
    public var offset: Int
    public var length: Int

    public init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      value = try list.decode(Value.self)
      offset = try list.decode(Int.self)
      length = try list.decode(Int.self)
    }
  }

  /// A value of any kind.
  public enum Value: Decodable, Sendable, Equatable {
    case null
    case int(Int)
    case double(Double)
    case string(String)
    case list([Int])
    case raw(count: Int, sha256: String)

    private struct Raw: Decodable {
      var float32_count: Int
      var sha256_f32le: String
    }

    public init(from decoder: any Decoder) throws {
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        self = .null
      } else if let int = try? single.decode(Int.self) {
        self = .int(int)
      } else if let double = try? single.decode(Double.self) {
        self = .double(double)
      } else if let string = try? single.decode(String.self) {
        self = .string(string)
      } else if let list = try? single.decode([Int].self) {
        self = .list(list)
      } else {
        let raw = try single.decode(Raw.self)
        self = .raw(count: raw.float32_count, sha256: raw.sha256_f32le)
      }
    }
  }

  /// The integers of a tensor.
  public struct Levels: Decodable, Sendable {
    public var count: Int
    public var nonzero: Int
    public var min: Int?
    public var max: Int?
    public var sum: Int
    public var sum_sq: Int
    public var sha256_i32le: String
  }

  /// The codebook of a tensor.
  public struct Codebook: Decodable, Sendable {
    public var egk: Int
    public var size: Int
    public var zero_offset: Int
    public var values: [Int]
  }

  /// A tensor as it is coded.
  public struct CodedTensor: Decodable, Sendable {
    public var name: String
    public var unit: Int
    public var shape: [Int]
    public var payload_type: String
    public var quantizer: String
    public var qp: Int?
    public var qp_density: Int?
    public var dq_flag: Int
    public var scan_order: Int
    public var scan_order_effective: Int
    public var cabac_unary_length: Int
    public var row_skip_enabled_flag: Int?
    public var hist_dep_sig_prob_enabled_flag: Int?
    public var temporal_context: Bool
    public var all_zero_rows: Int?
    public var codebook: Codebook?
    public var levels: Levels
  }

  /// A parameter as the reference's decoding call returns it.
  public struct Reconstructed: Decodable, Sendable {
    public var name: String
    public var shape: [Int]
    public var dtype: String
    public var sha256_f32le: String
    public var min: Double?
    public var max: Double?
    public var mean: Double?
    public var std: Double?
    public var zero_fraction: Double?
  }

  /// The call that gave the reconstructed parameters.
  public struct DecodingCall: Decodable, Sendable {
    public var reconstruct_lsa: Bool?
  }

  public var stream: String
  public var size: Int
  public var after: [String]
  public var dialect: String?
  public var decoder: DecodingCall
  public var unit_count: Int
  public var units: [Unit]
  public var coded_tensors: [CodedTensor]
  public var reconstructed: [Reconstructed]

  /// Whether the reconstructed weights have local scaling applied.
  public var appliesScaling: Bool { decoder.reconstruct_lsa == true }
}

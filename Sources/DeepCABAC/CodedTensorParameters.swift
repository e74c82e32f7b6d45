/// The variants of the payload syntax found in files (format reference 0.3 and 4.12).
public enum PayloadDialect: String, Sendable, Hashable, CaseIterable {
  /// D1: profile 0 as written before edition 2; 32 remainder shift flags, range reset for one block row.
  case edition1
  /// D2/0: profile 0 as written by edition-2 software.
  case edition2Profile0
  /// D2, profile 1: row skipping, history, temporal contexts, codebook limits.
  case profile1
}

/// Size and zero offset of a codebook, the part of it that level decoding needs (format reference 3.4).
public struct CodebookLimits: Sendable, Hashable {
  /// codebook_size n, at least 1.
  public var size: Int
  /// CbZeroOffset z, `0 <= z < n`: the entry coded as integer 0.
  public var zeroOffset: Int

  /// Limits of a codebook of `size` entries whose entry `zeroOffset` is coded as 0.
  public init(size: Int, zeroOffset: Int) {
    self.size = size
    self.zeroOffset = zeroOffset
  }
}

/// What the headers say about one coded tensor, as far as its payload depends on it (format reference 4.4).
public struct CodedTensorParameters: Sendable, Hashable {
  /// Dimensions of the coded array, outermost first.
  ///
  /// A dimension of 0 gives a tensor without levels.
  public var dimensions: [Int]
  /// Whether levels are decoded with dq_flag 1; always false for integer units (format reference 5.4).
  public var dependentQuantization: Bool
  /// scan_order, 0 to 4.
  ///
  /// Raster is used anyway if the array is a vector or one side is 1.
  public var scanOrder: Int
  /// U = cabac_unary_length_minus1 + 1, 1 to 256.
  public var unaryLength: Int
  /// Which payload syntax is read.
  public var dialect: PayloadDialect
  /// parent_node_id_present_flag: hist_dep_sig_prob_enabled_flag is coded (format reference 6.6).
  public var parentNodePresent: Bool
  /// Codebook of the tensor, or nil for uniform quantization.
  public var codebook: CodebookLimits?

  /// Parameters with the defaults of a plain uniform tensor.
  public init(
    dimensions: [Int], dependentQuantization: Bool = false, scanOrder: Int = 0,
    unaryLength: Int = 10, dialect: PayloadDialect = .profile1, parentNodePresent: Bool = false,
    codebook: CodebookLimits? = nil
  ) {
    self.dimensions = dimensions
    self.dependentQuantization = dependentQuantization
    self.scanOrder = scanOrder
    self.unaryLength = unaryLength
    self.dialect = dialect
    self.parentNodePresent = parentNodePresent
    self.codebook = codebook
  }
}

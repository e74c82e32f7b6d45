/// What the parsing of a unit needs to know from other units and from outside.
public struct UnitContext: Sendable, Hashable {
  /// general_profile_idc of the start unit; what is assumed if there is none or one that is not known.
  public var profile = 0
  /// The profile that is assumed where the stream does not say it.
  public var fallbackProfile = 0
  /// mps_topology_indexed_reference_flag of the model parameter set in force.
  public var topologyIndexedReference = false
  /// mps_parent_signalling_enabled_flag of the model parameter set in force.
  public var parentSignallingEnabled = false
  /// Whether a model or layer parameter set signals a quantization method, so that qp_density is known.
  public var quantizationSignalled = true
  /// Whether unification is signalled in the model parameter set (used by the tentative aggregate header).
  public var unificationSignalled = false
  /// What the base model or the application gives for a data unit that leaves it out; nil if unknown.
  public var outOfBand: OutOfBand?
  /// The most elements and structures of a unit's tree (rule L04).
  public var elementLimit = 400_000

  /// The bits of the SEI payload that is read; nil within a unit.
  public var payload: PayloadExtent?

  /// A context in which nothing is signalled.
  public init() {}
}

/// What a data unit may leave out because the base model or the application knows it (format reference 3.6).
public struct OutOfBand: Sendable, Hashable {
  /// The dimensions of the weight.
  public var dimensions: [Int]
  /// cabac_unary_length_minus1 + 1; nil for the default of 10.
  public var unaryLength: Int?

  /// Known dimensions and unary length.
  public init(dimensions: [Int], unaryLength: Int? = nil) {
    self.dimensions = dimensions
    self.unaryLength = unaryLength
  }
}

/// The size of an SEI payload in bits and its last 1 bit, which may be a stop bit (format reference 13.3).
public struct PayloadExtent: Sendable, Hashable {
  /// The number of bits.
  public var bitCount: Int
  /// The place of the last 1 bit; −1 where there is none.
  public var lastOneBit: Int

  /// A payload of `bitCount` bits whose last 1 bit is `lastOneBit`.
  public init(bitCount: Int, lastOneBit: Int) {
    self.bitCount = bitCount
    self.lastOneBit = lastOneBit
  }
}

/// A choice among the ways a syntax that is not certain can be read (format reference 2.10, 2.13, 3.6).
public struct Reading: Sendable, Hashable {
  /// Whether performance maps hold one entry less than their count says, as the reference reads them.
  public var mapsHoldOneLess = true
  /// Whether the class loop of the unification map runs to upm_class_bitmask, as in the reference.
  public var unificationLoopsOverBitmask = true
  /// The number of dimensions to assume where neither the unit nor the outside gives them.
  public var assumedRank = 2
  /// What is added to the bits of the reserved metadata extension of a filter: how they are counted is not known.
  public var metadataSurplus = 0
  /// Whether recollected layouts are tried; otherwise such parts stay opaque.
  public var triesRecollected = true

  /// The reading of the reference software.
  public init() {}
}

/// SHA-256 over words of 32 bits and SHA-512 over words of 64 bits (FIPS 180-4).
///
/// Both are one algorithm and have one table of constants: SHA-256 takes the upper halves.
struct SHA2<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: Sendable {
  private var state = initialState.map { Word(truncatingIfNeeded: $0 >> (64 - Word.bitWidth)) }
  /// The last words of the message, expanded: 16 of a block and those that follow from them.
  private var schedule = [Word](repeating: 0, count: rounds)
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0

  private static var block: Int { Word.bitWidth * 2 }
  private static var rounds: Int { Word.bitWidth == 32 ? 64 : 80 }

  /// The hash of one piece.
  static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA2()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var place = 0
    if !rest.isEmpty {
      place = min(Self.block - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<place])
      guard rest.count == Self.block else { return }
      let filled = rest
      filled.withUnsafeBytes { compress($0, at: 0) }
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count - place >= Self.block {
      compress(bytes, at: place)
      place += Self.block
    }
    rest.append(contentsOf: bytes[place...])
  }

  /// The hash of what was added; nothing can be added after it.
  mutating func finish() -> [UInt8] {
    let bits = length &* 8
    let end = Self.block - Word.bitWidth / 4
    let zeros = (2 * Self.block + end - 1 - rest.count) % Self.block
    var padding: [UInt8] = [0x80] + [UInt8](repeating: 0, count: zeros + Word.bitWidth / 4 - 8)
    withUnsafeBytes(of: bits.bigEndian) { padding.append(contentsOf: $0) }
    padding.withUnsafeBytes { update($0) }
    return state.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }

  private mutating func compress(_ bytes: UnsafeRawBufferPointer, at place: Int) {
    let size = Word.bitWidth / 8
    for index in 0..<16 {
      let word = bytes.loadUnaligned(fromByteOffset: place + index * size, as: Word.self)
      schedule[index] = Word(bigEndian: word)
    }
    let isShort = size == 4
    for index in 16..<schedule.count {
      let (near, far) = (schedule[index - 2], schedule[index - 15])
      let late =
        isShort
        ? near.turned(17) ^ near.turned(19) ^ near >> 10
        : near.turned(19) ^ near.turned(61) ^ near >> 6
      let early =
        isShort
        ? far.turned(7) ^ far.turned(18) ^ far >> 3 : far.turned(1) ^ far.turned(8) ^ far >> 7
      schedule[index] = schedule[index - 16] &+ early &+ schedule[index - 7] &+ late
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for (index, word) in schedule.enumerated() {
      let constant = Word(truncatingIfNeeded: roundConstants[index] >> (64 - Word.bitWidth))
      let mixed =
        isShort
        ? e.turned(6) ^ e.turned(11) ^ e.turned(25) : e.turned(14) ^ e.turned(18) ^ e.turned(41)
      let choice = e & f ^ ~e & g
      let first = h &+ mixed &+ choice &+ constant &+ word
      let folded =
        isShort
        ? a.turned(2) ^ a.turned(13) ^ a.turned(22) : a.turned(28) ^ a.turned(34) ^ a.turned(39)
      let second = folded &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }
}

extension FixedWidthInteger {
  /// The bits moved down by `count`, those that fall out put in front.
  fileprivate func turned(_ count: Int) -> Self { self >> count | self << (Self.bitWidth - count) }
}

/// The fractions of the square roots of the first eight primes.
private let initialState: [UInt64] = [
  0x6a09e667_f3bcc908, 0xbb67ae85_84caa73b, 0x3c6ef372_fe94f82b, 0xa54ff53a_5f1d36f1,
  0x510e527f_ade682d1, 0x9b05688c_2b3e6c1f, 0x1f83d9ab_fb41bd6b, 0x5be0cd19_137e2179,
]

/// The fractions of the cube roots of the first eighty primes.
private let roundConstants: [UInt64] = [
  0x428a2f98_d728ae22, 0x71374491_23ef65cd, 0xb5c0fbcf_ec4d3b2f, 0xe9b5dba5_8189dbbc,
  0x3956c25b_f348b538, 0x59f111f1_b605d019, 0x923f82a4_af194f9b, 0xab1c5ed5_da6d8118,
  0xd807aa98_a3030242, 0x12835b01_45706fbe, 0x243185be_4ee4b28c, 0x550c7dc3_d5ffb4e2,
  0x72be5d74_f27b896f, 0x80deb1fe_3b1696b1, 0x9bdc06a7_25c71235, 0xc19bf174_cf692694,
  0xe49b69c1_9ef14ad2, 0xefbe4786_384f25e3, 0x0fc19dc6_8b8cd5b5, 0x240ca1cc_77ac9c65,
  0x2de92c6f_592b0275, 0x4a7484aa_6ea6e483, 0x5cb0a9dc_bd41fbd4, 0x76f988da_831153b5,
  0x983e5152_ee66dfab, 0xa831c66d_2db43210, 0xb00327c8_98fb213f, 0xbf597fc7_beef0ee4,
  0xc6e00bf3_3da88fc2, 0xd5a79147_930aa725, 0x06ca6351_e003826f, 0x14292967_0a0e6e70,
  0x27b70a85_46d22ffc, 0x2e1b2138_5c26c926, 0x4d2c6dfc_5ac42aed, 0x53380d13_9d95b3df,
  0x650a7354_8baf63de, 0x766a0abb_3c77b2a8, 0x81c2c92e_47edaee6, 0x92722c85_1482353b,
  0xa2bfe8a1_4cf10364, 0xa81a664b_bc423001, 0xc24b8b70_d0f89791, 0xc76c51a3_0654be30,
  0xd192e819_d6ef5218, 0xd6990624_5565a910, 0xf40e3585_5771202a, 0x106aa070_32bbd1b8,
  0x19a4c116_b8d2d0c8, 0x1e376c08_5141ab53, 0x2748774c_df8eeb99, 0x34b0bcb5_e19b48a8,
  0x391c0cb3_c5c95a63, 0x4ed8aa4a_e3418acb, 0x5b9cca4f_7763e373, 0x682e6ff3_d6b2b8a3,
  0x748f82ee_5defb2fc, 0x78a5636f_43172f60, 0x84c87814_a1f0ab72, 0x8cc70208_1a6439ec,
  0x90befffa_23631e28, 0xa4506ceb_de82bde9, 0xbef9a3f7_b2c67915, 0xc67178f2_e372532b,
  0xca273ece_ea26619c, 0xd186b8c7_21c0c207, 0xeada7dd6_cde0eb1e, 0xf57d4f7f_ee6ed178,
  0x06f067aa_72176fba, 0x0a637dc5_a2c898a6, 0x113f9804_bef90dae, 0x1b710b35_131c471b,
  0x28db77f5_23047d84, 0x32caab7b_40c72493, 0x3c9ebe0a_15c9bebc, 0x431d67c4_9c100d4c,
  0x4cc5d4be_cb3e42b6, 0x597f299c_fc657e2a, 0x5fcb6fab_3ad6faec, 0x6c44198c_4a475817,
]

/// What must hold before a tensor is coded.
enum EncodingChecks {
  /// The geometry of a tensor, if all arrays fit it.
  static func geometry(
    _ parameters: CodedTensorParameters, count: Int, _ coding: TensorCoding, base: [Int32]?,
    history: [UInt8]?
  ) throws(EncodingError) -> TensorGeometry {
    let geometry: TensorGeometry
    do throws(DecodingError) { geometry = try TensorGeometry(parameters) } catch {
      throw .parameters(error)
    }
    guard count == geometry.count else { throw .wrongElementCount("levels") }
    if let base {
      guard base.count == count else { throw .wrongElementCount("base") }
      guard parameters.dialect == .profile1 else { throw .temporalContextsNeedProfile1 }
    }
    if let history, history.count != count { throw .wrongElementCount("history") }
    guard geometry.codesRowFlags else { return geometry }
    if coding.historyFlag, parameters.parentNodePresent, history == nil { throw .historyRequired }
    if let rows = coding.rowMask, rows.count != geometry.rows { throw .wrongElementCount("rows") }
    return geometry
  }
}

/// The `.npz` format of numpy: a zip archive of `.npy` files, stored or deflated.
enum NumpyArchive: WeightFormat {
  static let name = "npz"

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    try read(ZipArchive(file.source))
  }

  /// The arrays of an archive; a member that cannot be read costs itself alone.
  static func read(_ archive: ZipArchive) throws(TensorFileError) -> WeightFile {
    var tensors: [WeightTensor] = []
    for member in archive.members where member.name.hasSuffix(".npy") {
      let name = String(member.name.dropLast(4))
      do throws(TensorFileError) {
        tensors.append(try NumpyFile.tensor(name, archive.bytes(of: member)))
      } catch {
        tensors.append(WeightTensor(name, shape: [], type: "unknown", .failure(error)))
      }
    }
    return WeightFile(format: name, tensors)
  }
}

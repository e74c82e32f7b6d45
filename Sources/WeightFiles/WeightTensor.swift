/// A tensor of a file, as its header tells it.
public struct WeightTensor: Sendable {
  /// The name; not safe to print.
  public let name: String
  /// The sides; empty for a scalar.
  ///
  /// Complex numbers have a last side of 2, real and imaginary part.
  public let shape: [Int]
  /// The type of the elements as the file calls it; not safe to print.
  public let type: String
  /// The tensor that this one is another name for; nil if it stands for itself.
  public internal(set) var twin: String?
  /// Whether its last side is that of real and imaginary parts.
  public let isComplex: Bool
  private let layout: Result<TensorLayout, TensorFileError>

  /// A tensor whose elements are described by `layout`, or why they cannot be read.
  init(
    _ name: String, shape: [Int], type: String, twin: String? = nil, isComplex: Bool = false,
    _ layout: Result<TensorLayout, TensorFileError>
  ) {
    self.name = name
    self.shape = shape
    self.type = type
    self.twin = twin
    self.isComplex = isComplex
    self.layout = layout
  }

  /// The same tensor under another name.
  func named(_ name: String, twin: String? = nil) -> WeightTensor {
    WeightTensor(
      name, shape: shape, type: type, twin: twin, isComplex: isComplex, layout)
  }

  /// The same tensor with its sides in another order: where each of them stands now.
  func permuted(_ order: [Int]) -> WeightTensor {
    let turned: Result<TensorLayout, TensorFileError>
    do throws(TensorFileError) {
      turned = .success(try layout.get().permuted(order))
    } catch {
      turned = .failure(error)
    }
    return WeightTensor(
      name, shape: order.map { shape[$0] }, type: type, twin: twin, isComplex: isComplex, turned)
  }

  /// Why the elements cannot be read; nil as far as the header tells.
  public var problem: TensorFileError? {
    if case .failure(let problem) = layout { return problem }
    return nil
  }

  /// The type of the elements; nil if it is not known.
  public var element: ElementType? { try? layout.get().element }

  /// The number of elements; nil if they cannot be read.
  public var count: Int? { try? layout.get().count }

  /// A reader of the elements in C order; throws `TensorFileError`.
  public func reader() throws(TensorFileError) -> WeightReader { try WeightReader(layout.get()) }

  /// All elements at once; throws `TensorFileError`.
  public func data() throws(TensorFileError) -> TensorData { try TensorData(layout.get()) }
}

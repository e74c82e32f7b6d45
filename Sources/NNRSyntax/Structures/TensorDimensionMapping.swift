// topology_tensor_dimension_mapping(): format reference 2.13, recollected only.

extension Element {
  private static func recollected(_ name: String, _ descriptor: Descriptor, _ meaning: String)
    -> Element
  {
    Element(name, descriptor, meaning, section: "2.13", evidence: .recollected)
  }

  /// The axis along which elements are put together.
  public static let concatenationAxisIndex = recollected(
    "concatenation_axis_index", .u(8), "The axis along which the tensors were put together.")
  /// Where an element ends.
  public static let splitIndex = recollected(
    "split_index", .ue(7), "The place along the axis where the next tensor begins.")
  /// How many axes of an element move.
  public static let numberOfShifts = recollected(
    "number_of_shifts", .ue(1), "How many axes of the tensor were moved.")
  /// The axis that moves.
  public static let shiftIndex = recollected("shift_index", .ue(7), "The axis that was moved.")
  /// How far it moves.
  public static let shiftValue = recollected(
    "shift_value", .ie(1), "By how many places the axis was moved.")
}

extension Structure {
  /// topology_tensor_dimension_mapping().
  public static let topologyTensorDimensionMapping = Structure(
    "topology_tensor_dimension_mapping", section: "2.13", evidence: .recollected
  ) {
    Element.concatenationAxisIndex
    loop("j", .countTopologyElementsMinus2 + 1) { Element.splitIndex }
    loop("j", .countTopologyElementsMinus2 + 2) {
      Element.numberOfShifts
      loop("k", .element(.numberOfShifts)) {
        Element.shiftIndex
        Element.shiftValue
      }
    }
  }
}

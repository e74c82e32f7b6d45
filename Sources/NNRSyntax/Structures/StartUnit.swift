// NNR_STR: format reference 2.3.

extension Element {
  /// Which edition's syntax is used.
  public static let generalProfileIdc = Element(
    "general_profile_idc", .u(8),
    "The profile: 0 is the syntax of edition 1, 1 switches the elements of edition 2 on.",
    .named([0: "edition 1", 1: "edition 2"], othersAllowed: false), section: "2.3", rule: .s09)
}

extension Structure {
  /// nnr_start_unit_header().
  public static let startUnitHeader = Structure(
    "nnr_start_unit_header", section: "2.3", headerClass: .otherHeader
  ) {
    Element.generalProfileIdc
  }
}

extension Variable {
  /// general_profile_idc of the start unit.
  static let profile = Variable(
    name: "general_profile_idc", meaning: "the profile that the start unit gives"
  ) { $0.context.profile }
}

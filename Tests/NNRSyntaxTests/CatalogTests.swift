import NNRSyntax
import TestSupport
import Testing

/// The catalog says all there is to say about every element, once.
@Suite struct CatalogTests {
  private let catalog = SyntaxCatalog.standard
  private static let both = [SyntaxCatalog.standard, .messages]

  @Test func everyElementIsDescribed() {
    #expect(catalog.elements.count > 100)
    #expect(SyntaxCatalog.messages.elements.count > 70)
    for element in Self.both.flatMap(\.elements) {
      let name = element.name
      #expect(name.contains(/^[A-Za-z][A-Za-z0-9_]*$/), "\(name)")
      #expect(element.meaning.hasSuffix("."), "\(name)")
      #expect(element.meaning.count > 8, "\(name)")
      #expect(!element.descriptor.description.isEmpty, "\(name)")
      #expect(!element.allowed.text.isEmpty, "\(name)")
      #expect(element.section.contains(/^[1-9][0-9]?(\.[0-9]+)?$/), "\(name)")
    }
  }

  @Test(arguments: both.indices)
  func everyPlaceHasAConditionThatNamesItsOperands(_ number: Int) {
    let catalog = Self.both[number]
    for entry in catalog.entries {
      let place = "\(entry.element.name) in \(entry.structure.name)"
      #expect(!entry.condition.isEmpty, "\(place)")
      #expect(entry.conditions.isEmpty == (entry.condition == "always"), "\(place)")
      #expect(!entry.descriptor.description.isEmpty, "\(place)")
      #expect(!catalog.entries(of: entry.element).isEmpty, "\(place)")
    }
  }

  @Test(arguments: both.indices) func namesAreUniqueInEachStructure(_ number: Int) {
    let catalog = Self.both[number]
    for structure in catalog.structures {
      var names: [String: Element] = [:]
      for entry in catalog.entries where entry.structure === structure {
        let known = names.updateValue(entry.element, forKey: entry.element.name)
        #expect(
          known == nil || known === entry.element, "\(entry.element.name) in \(structure.name)")
      }
    }
  }

  @Test func aNameMeansOneElement() {
    var names: [String: Element] = [:]
    for element in Self.both.flatMap(\.elements) {
      let known = names.updateValue(element, forKey: element.name)
      #expect(known == nil, "two elements are called \(element.name)")
    }
  }

  @Test func elementsWithForbiddenValuesNameTheRule() {
    for element in Self.both.flatMap(\.elements) {
      switch element.allowed {
      case .named(_, othersAllowed: false), .ratio:
        #expect(element.rule != nil, "\(element.name)")
      default: break
      }
      if let inferred = element.inferred {
        #expect(element.allowed.allows(inferred), "\(element.name)")
      }
    }
  }

  @Test func everyTypeOfUnitIsReached() {
    let names = Set(catalog.structures.map(\.name))
    for name in [
      "nnr_unit", "nnr_unit_size", "nnr_unit_header", "nnr_unit_payload", "nnr_start_unit_header",
      "nnr_model_parameter_set_unit_payload", "nnr_layer_parameter_set_unit_header",
      "nnr_topology_unit_header", "nnr_quantization_unit_header", "nnr_compressed_data_unit_header",
      "nnr_aggregate_unit_header", "codebook", "topology_elements_ids_list",
      "nnr_pruning_topology_container", "topology_tensor_dimension_mapping",
      "sparsification_performance_map", "pruning_performance_map", "unification_performance_map",
      "decomposition_performance_map",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }
}

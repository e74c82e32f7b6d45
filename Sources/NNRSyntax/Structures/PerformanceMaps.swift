// The performance maps of the parameter sets: format reference 2.10.

extension Variable {
  /// How many entries a map holds less than its count says.
  static let mapEntriesLess = Variable(
    name: "entriesLess",
    meaning: "1: a map holds count − 1 entries, as the reference reads it; 0: count entries"
  ) { $0.reading.mapsHoldOneLess ? 1 : 0 }

  /// How many class accuracies an entry of the unification map holds.
  static let unificationClasses = Variable(
    name: "upmClasses",
    meaning:
      "upm_class_bitmask, as the reference reads it, or upm_count_classes where only that fits"
  ) { scope in
    scope.reading.unificationLoopsOverBitmask
      ? scope.value(of: .upmClassBitmask) ?? 0 : scope.value(of: .upmCountClasses) ?? 0
  }
}

/// An accuracy that a map gives.
private func accuracy(_ name: String, _ meaning: String) -> Element {
  Element(name, .flt32, meaning, .ratio, section: "2.10", rule: .m10)
}

extension Element {
  /// The count of sparsification thresholds.
  public static let spmCountThresholds = Element(
    "spm_count_thresholds", .u(8), "The number of sparsification thresholds.", .range(1...255),
    section: "2.10", rule: .m07)
  /// A sparsification threshold.
  public static let sparsificationThreshold = Element(
    "sparsification_threshold", .flt32, "Weights below this threshold are set to zero.",
    section: "2.10")
  /// The share of weights that are left.
  public static let nonZeroRatio = accuracy(
    "non_zero_ratio", "The share of non-zero weights at this threshold.")
  /// The accuracy at a threshold.
  public static let spmNnAccuracy = accuracy(
    "spm_nn_accuracy", "The accuracy of the model at this threshold.")
  /// The number of classes.
  public static let spmCountClasses = Element(
    "spm_count_classes", .u(8), "The number of classes with an accuracy of their own.",
    section: "2.10")
  /// Which classes.
  public static let spmClassBitmask = Element(
    "spm_class_bitmask", .ue(7), "Which classes have an accuracy of their own.", section: "2.10")
  /// The accuracy of a class.
  public static let spmNnClassAccuracy = accuracy(
    "spm_nn_class_accuracy", "The accuracy of the model for this class.")

  /// The count of pruning ratios.
  public static let ppmCountPruningRatios = Element(
    "ppm_count_pruning_ratios", .u(8), "The number of pruning ratios.", .range(1...255),
    section: "2.10", rule: .m07)
  /// A pruning ratio.
  public static let pruningRatio = accuracy(
    "pruning_ratio", "The share of parameters that pruning removes.")
  /// The accuracy at a pruning ratio.
  public static let ppmNnAccuracy = accuracy(
    "ppm_nn_accuracy", "The accuracy of the model at this pruning ratio.")
  /// The number of classes.
  public static let ppmCountClasses = Element(
    "ppm_count_classes", .u(8), "The number of classes with an accuracy of their own.",
    section: "2.10")
  /// Which classes.
  public static let ppmClassBitmask = Element(
    "ppm_class_bitmask", .ue(7), "Which classes have an accuracy of their own.", section: "2.10")
  /// The accuracy of a class.
  public static let ppmNnClassAccuracy = accuracy(
    "ppm_nn_class_accuracy", "The accuracy of the model for this class.")

  /// The count of unification thresholds.
  public static let upmCountThresholds = Element(
    "upm_count_thresholds", .u(8), "The number of unification thresholds.", .range(1...255),
    section: "2.10", rule: .m07)
  /// The rank of the reshaped tensor.
  public static let countReshapedTensorDimension = Element(
    "count_reshaped_tensor_dimension", .ue(1),
    "The number of dimensions of the reshaped tensor; one less are coded.", section: "2.10")
  /// A dimension of the reshaped tensor.
  public static let reshapedTensorDimensions = Element(
    "reshaped_tensor_dimensions", .ue(7), "A dimension of the reshaped tensor.", section: "2.10")
  /// The rank of a super block.
  public static let countSuperBlockDimension = Element(
    "count_super_block_dimension", .u(8),
    "The number of dimensions of a super block; one less are coded.", section: "2.10")
  /// A dimension of a super block.
  public static let superBlockDimensions = Element(
    "super_block_dimensions", .u(8), "A dimension of a super block.", section: "2.10")
  /// The rank of a block.
  public static let countBlockDimension = Element(
    "count_block_dimension", .u(8), "The number of dimensions of a block; one less are coded.",
    section: "2.10")
  /// A dimension of a block.
  public static let blockDimensions = Element(
    "block_dimensions", .u(8), "A dimension of a block.", section: "2.10")
  /// A unification threshold.
  public static let unificationThreshold = Element(
    "unification_threshold", .flt32, "The threshold under which weights of a block are unified.",
    section: "2.10")
  /// The accuracy at a threshold.
  public static let upmNnAccuracy = accuracy(
    "upm_nn_accuracy", "The accuracy of the model at this threshold.")
  /// The number of classes.
  public static let upmCountClasses = Element(
    "upm_count_classes", .u(8), "The number of classes with an accuracy of their own.",
    section: "2.10")
  /// Which classes.
  public static let upmClassBitmask = Element(
    "upm_class_bitmask", .ue(7),
    "Which classes have an accuracy of their own; the reference takes it for their number.",
    section: "2.10")
  /// The accuracy of a class.
  public static let upmNnClassAccuracy = accuracy(
    "upm_nn_class_accuracy", "The accuracy of the model for this class.")

  /// The count of decomposition thresholds.
  public static let dpmCountThresholds = Element(
    "dpm_count_thresholds", .u(8), "The number of decomposition thresholds.", .range(1...255),
    section: "2.10", rule: .m07)
  /// A decomposition threshold.
  public static let mseThreshold = Element(
    "mse_threshold", .flt32, "The mean square error that the decomposition may make.",
    section: "2.10")
  /// The accuracy at a threshold.
  public static let dpmNnAccuracy = accuracy(
    "dpm_nn_accuracy", "The accuracy of the model at this threshold.")
  /// The share of parameters that are left.
  public static let nnReductionRatio = accuracy(
    "nn_reduction_ratio", "The ratio by which the number of parameters is reduced.")
  /// The number of classes.
  public static let dpmCountClasses = Element(
    "dpm_count_classes", .u(16), "The number of classes with an accuracy of their own.",
    section: "2.10")
  /// The accuracy of a class.
  public static let dpmNnClassAccuracy = accuracy(
    "dpm_nn_class_accuracy", "The accuracy of the model for this class.")
}

extension Structure {
  /// sparsification_performance_map().
  public static let sparsificationPerformanceMap = Structure(
    "sparsification_performance_map", section: "2.10", hasAlternatives: true
  ) {
    Element.spmCountThresholds
    loop("i", .spmCountThresholds - .variable(.mapEntriesLess)) {
      Element.sparsificationThreshold
      Element.nonZeroRatio
      Element.spmNnAccuracy
      Element.spmCountClasses
      Element.spmClassBitmask
      loop("j", .element(.spmCountClasses)) { Element.spmNnClassAccuracy }
    }
  }

  /// pruning_performance_map().
  public static let pruningPerformanceMap = Structure(
    "pruning_performance_map", section: "2.10", hasAlternatives: true
  ) {
    Element.ppmCountPruningRatios
    loop("i", .ppmCountPruningRatios - .variable(.mapEntriesLess)) {
      Element.pruningRatio
      Element.ppmNnAccuracy
      Element.ppmCountClasses
      Element.ppmClassBitmask
      loop("j", .element(.ppmCountClasses)) { Element.ppmNnClassAccuracy }
    }
  }

  /// unification_performance_map().
  public static let unificationPerformanceMap = Structure(
    "unification_performance_map", section: "2.10", hasAlternatives: true
  ) {
    Element.upmCountThresholds
    loop("i", .upmCountThresholds - .variable(.mapEntriesLess)) {
      Element.countReshapedTensorDimension
      loop("j", .countReshapedTensorDimension - 1) { Element.reshapedTensorDimensions }
      Element.byteAlignment
      Element.countSuperBlockDimension
      loop("j", .countSuperBlockDimension - 1) { Element.superBlockDimensions }
      Element.countBlockDimension
      loop("j", .countBlockDimension - 1) { Element.blockDimensions }
      Element.unificationThreshold
      Element.upmNnAccuracy
      Element.upmCountClasses
      Element.upmClassBitmask
      loop("j", .variable(.unificationClasses)) { Element.upmNnClassAccuracy }
    }
  }

  /// decomposition_performance_map().
  public static let decompositionPerformanceMap = Structure(
    "decomposition_performance_map", section: "2.10", hasAlternatives: true
  ) {
    Element.dpmCountThresholds
    loop("i", .dpmCountThresholds - .variable(.mapEntriesLess)) {
      Element.mseThreshold
      Element.dpmNnAccuracy
      Element.nnReductionRatio
      Element.dpmCountClasses
      loop("j", .element(.dpmCountClasses)) { Element.dpmNnClassAccuracy }
    }
  }
}

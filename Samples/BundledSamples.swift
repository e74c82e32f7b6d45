/// Streams and lessons that the program carries along, so that it teaches without a file beside it.
public enum BundledSamples {
  /// The streams, by the names of their files without `.nnc`; files that carry streams by their whole names.
  public static let streams: [(name: String, bytes: [UInt8])] = [
    ("block-batch-norm", PackageResources.block_batch_norm_nnc),
    ("block-scan", PackageResources.block_scan_nnc),
    ("codebook", PackageResources.codebook_nnc),
    ("decomposed", PackageResources.decomposed_nnc),
    ("digits-cnn", PackageResources.digits_cnn_nnc),
    ("edition-1", PackageResources.edition_1_nnc),
    ("few-values", PackageResources.few_values_nnc),
    ("folded-batch-norm", PackageResources.folded_batch_norm_nnc),
    ("four-bit-net", PackageResources.four_bit_net_nnc),
    ("local-scaling", PackageResources.local_scaling_nnc),
    ("networks.heif", PackageResources.networks_heif),
    ("parting-round-1", PackageResources.parting_round_1_nnc),
    ("parting-round-2", PackageResources.parting_round_2_nnc),
    ("parting-round-3", PackageResources.parting_round_3_nnc),
    ("performance-maps", PackageResources.performance_maps_nnc),
    ("post-filters.hevc", PackageResources.post_filters_hevc),
    ("rare-units", PackageResources.rare_units_nnc),
    ("raw-float", PackageResources.raw_float_nnc),
    ("ternary-net", PackageResources.ternary_net_nnc),
    ("update-base", PackageResources.update_base_nnc),
    ("update-round-1", PackageResources.update_round_1_nnc),
    ("update-round-2", PackageResources.update_round_2_nnc),
    ("update-round-3", PackageResources.update_round_3_nnc),
    ("worked-example", PackageResources.worked_example_nnc),
  ]

  /// The lessons in the order in which they are best taken, by the names of their files without `.lesson`.
  public static let lessons: [(name: String, bytes: [UInt8])] = [
    ("units", PackageResources.units_lesson),
    ("parameter-set", PackageResources.parameter_set_lesson),
    ("weights", PackageResources.weights_lesson),
    ("decoder", PackageResources.decoder_lesson),
    ("codebooks", PackageResources.codebooks_lesson),
    ("blocks", PackageResources.blocks_lesson),
    ("updates", PackageResources.updates_lesson),
    ("parting", PackageResources.parting_lesson),
    ("video", PackageResources.video_lesson),
    ("costs", PackageResources.costs_lesson),
    ("choices", PackageResources.choices_lesson),
    ("broken", PackageResources.broken_lesson),
  ]
}

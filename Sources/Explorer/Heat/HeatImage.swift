/// placeholder.
public struct HeatImage: Sendable {}

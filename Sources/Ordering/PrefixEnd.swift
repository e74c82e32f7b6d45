extension RandomAccessCollection {
  /// The end of the elements at the start for which `belongs` holds: the first place for which it does not.
  ///
  /// Found by halving: behind that place it must hold for none.
  @inlinable
  public func prefixEnd(where belongs: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if belongs(self[middle]) {
        low = index(after: middle)
        count -= count / 2 + 1
      } else {
        count /= 2
      }
    }
    return low
  }
}

// The operators that write conditions as in a syntax table. The left side may be an element or a variable by its short
// name, so an operator is there for each of the types that conditions give it.

func + (left: Element, right: Expression) -> Expression { .binary(.add, .element(left), right) }

func - (left: Element, right: Expression) -> Expression {
  .binary(.subtract, .element(left), right)
}
func - (left: Expression, right: Expression) -> Expression { .binary(.subtract, left, right) }

func & (left: Element, right: Expression) -> Expression { .binary(.bitAnd, .element(left), right) }

func == (left: Element, right: Expression) -> Expression { .binary(.equal, .element(left), right) }
func == (left: Variable, right: Expression) -> Expression {
  .binary(.equal, .variable(left), right)
}
func == (left: Expression, right: Expression) -> Expression { .binary(.equal, left, right) }

func != (left: Element, right: Expression) -> Expression {
  .binary(.notEqual, .element(left), right)
}
func != (left: Expression, right: Expression) -> Expression { .binary(.notEqual, left, right) }

func < (left: Element, right: Expression) -> Expression { .binary(.less, .element(left), right) }
func < (left: Expression, right: Expression) -> Expression { .binary(.less, left, right) }

func <= (left: Element, right: Expression) -> Expression {
  .binary(.lessOrEqual, .element(left), right)
}

func > (left: Element, right: Expression) -> Expression { .binary(.greater, .element(left), right) }
func > (left: Variable, right: Expression) -> Expression {
  .binary(.greater, .variable(left), right)
}

func >= (left: Element, right: Expression) -> Expression {
  .binary(.greaterOrEqual, .element(left), right)
}

func && (left: Expression, right: Expression) -> Expression { .binary(.and, left, right) }
func || (left: Expression, right: Expression) -> Expression { .binary(.or, left, right) }

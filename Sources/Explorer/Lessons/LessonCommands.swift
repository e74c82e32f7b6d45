import TerminalScreen

extension Command {
  private static func lesson(
    _ name: String, _ keys: [String], _ help: String, argument: Argument = .none,
    run: @escaping @Sendable (inout ExplorerModel, String) -> [Effect]
  ) -> Command {
    Command(
      name, keys, .lesson, help, argument: argument,
      unavailable: {
        $0.lesson == nil ? "no lesson is open; nnrscope learn lists them" : nil
      }, run: run)
  }

  /// Lessons.
  static let learning: [Command] = [
    lesson("next-step", [">"], "next step of the lesson") { model, _ in
      model.goToStep((model.lesson?.place ?? 0) + 1)
    },
    lesson("previous-step", ["<"], "step before") { model, _ in
      model.goToStep((model.lesson?.place ?? 0) - 1)
    },
    lesson("step", [], "a step by its number", argument: .text("NUMBER")) { model, text in
      guard let number = Int(text), let steps = model.lesson?.lesson.steps.count,
        (1...steps).contains(number)
      else {
        model.tell(
          "step needs a number from 1 to \(model.lesson?.lesson.steps.count ?? 1)", failed: true)
        return []
      }
      return model.goToStep(number - 1)
    },
    lesson("again", [], "back to where the step began") { model, _ in
      model.goToStep(model.lesson?.place ?? 0)
    },
    lesson("lesson", ["T"], "the keyboard to the lesson, or back to the stream") { model, _ in
      model.lesson?.hasFocus.toggle()
      model.follow()
      return []
    },
    lesson("answer-prompt", ["="], "answer the question") { model, _ in
      guard model.lesson?.isAsking ?? false else {
        model.tell("there is no open question in this step")
        return []
      }
      return model.openPrompt(.command, "answer ")
    },
    lesson("answer", [], "answer the question of the step", argument: .text("ANSWER")) {
      model, text in
      model.answer(text)
      return []
    },
    lesson("show-answer", ["!"], "show the answer") { model, _ in
      model.lesson?.show()
      model.lesson?.top = .max
      return []
    },
  ]
}

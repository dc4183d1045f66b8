#if Service
internal import ServiceLifecycle

/// The controller as a service: a signal ends it gracefully.
package struct ControllerService: ServiceLifecycle.Service {
  private let controller: Controller
  private let bell: Bell

  package init(_ controller: Controller, bell: Bell) {
    self.controller = controller
    self.bell = bell
  }

  package func run() async throws {
    let listening = Task { [controller, bell] in
      for await _ in bell.rings { controller.ring() }
    }
    defer { listening.cancel() }
    await withGracefulShutdownHandler {
      await withTaskCancellationHandler {
        await controller.run()
      } onCancel: {
        controller.end()
      }
    } onGracefulShutdown: {
      controller.end()
    }
  }
}
#endif

/** Things to be ended, newest first; each is tried even where an earlier one fails. */
export class Ending {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  /** Ends everything once; called again it does nothing. */
  async run(report: (error: unknown) => void): Promise<void> {
    for (const step of this.#steps.splice(0)) {
      try {
        await step();
      } catch (error) {
        report(error);
      }
    }
  }
}

import { ReceiverMultipleAckError, type App, type Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Json, Problem } from './types.ts';

/** Slack gives an app three seconds to acknowledge. */
const ACKNOWLEDGE_MS = 3000;
/** An event that was not acknowledged comes again at once, after one minute and after five. */
const RETRY_MS = [0, 60_000, 300_000];

export type Delivery = {
  acknowledged: boolean;
  /** What the acknowledgement carried: a command's answer, a view's next step, a menu's options. */
  answer: unknown;
  /** When every listener has returned. */
  finished: Promise<void>;
};

/** Hands the app the very payloads Slack sends, in process, and keeps Slack's three-second rule. */
export class ConsoleReceiver implements Receiver {
  readonly #log: Logger;
  readonly #report: (problem: Problem) => void;
  readonly #running = new Set<Promise<void>>();
  readonly #retries = new Set<NodeJS.Timeout>();
  #app: App | undefined;

  constructor(log: Logger, report: (problem: Problem) => void) {
    this.#log = log;
    this.#report = report;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  /** Resolves when the listeners at work have returned. */
  async stop(): Promise<void> {
    this.close();
    await Promise.all(this.#running);
  }

  /** Gives up what was still to be delivered again. */
  close(): void {
    for (const timer of this.#retries) clearTimeout(timer);
    this.#retries.clear();
  }

  /**
   * Sends one payload and waits for its acknowledgement. A missing one is reported, as is a listener that failed.
   * @param what the payload in a person's words, such as "/forecast"
   */
  async deliver(body: Json, what: string, retry = 0): Promise<Delivery> {
    const app = this.#app;
    const acknowledgement = Promise.withResolvers<{ acknowledged: boolean; answer: unknown }>();
    if (!app) {
      this.#report({ code: 'not-started', what });
      return { acknowledged: false, answer: undefined, finished: Promise.resolve() };
    }
    let acknowledged = false;
    const ack = async (answer?: unknown) => {
      if (acknowledged) throw new ReceiverMultipleAckError();
      acknowledged = true;
      acknowledgement.resolve({ acknowledged: true, answer });
    };
    const finished = this.#run(app.processEvent({ body, ack, ...(retry > 0 ? { retryNum: retry, retryReason: 'http_timeout' } : {}) }), what);
    const unanswered = () => acknowledgement.resolve({ acknowledged: false, answer: undefined });
    const timer = setTimeout(unanswered, ACKNOWLEDGE_MS);
    void finished.then(unanswered);
    const result = await acknowledgement.promise;
    clearTimeout(timer);
    if (!result.acknowledged) this.#report({ code: 'unacknowledged', what });
    return { ...result, finished };
  }

  /** Sends an event, again and again as Slack does, until it is acknowledged. */
  async deliverEvent(body: Json, what: string, tries = 0): Promise<void> {
    const { acknowledged } = await this.deliver(body, what, tries);
    if (acknowledged || !this.#app || tries >= RETRY_MS.length) return;
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void this.deliverEvent(body, what, tries + 1);
    }, RETRY_MS[tries]);
    this.#retries.add(timer);
  }

  async #run(processing: Promise<void>, what: string): Promise<void> {
    const running = processing.catch((error: unknown) => {
      this.#log.error({ err: error, what }, 'a listener failed');
      this.#report({ code: 'listener-failed', what });
    });
    this.#running.add(running);
    await running;
    this.#running.delete(running);
  }
}

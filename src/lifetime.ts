/** What a process opened; closed in reverse order, whatever happens. */
export type Opened = AsyncDisposableStack;

/**
 * Runs `work` until it ends, fails, or the process is told to stop (SIGINT, SIGTERM), and then closes everything that it opened, last
 * opened first. A second signal ends the process at once.
 *
 * @example await untilStopped(async (opened) => { opened.adopt(await openServices(config), (services) => services.close()); });
 */
export async function untilStopped(work: (opened: Opened) => Promise<void>): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const opened = new AsyncDisposableStack();
  try {
    await Promise.race([work(opened), stopped.promise]);
  } finally {
    await opened.disposeAsync();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Never: for work that lasts until the process is told to stop. */
export const forever = async (): Promise<never> => await new Promise<never>(() => undefined);

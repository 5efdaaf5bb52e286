const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens for everything that means "end now": Ctrl-C, a kill, a closed terminal, or the end of the process that
 * started us (which may have been killed without a word). `requested` resolves once; from `again` on, whoever is at the
 * keyboard has asked a second time.
 */
export function listenForStop() {
  const requested = Promise.withResolvers<string>();
  const again = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  const onStop = (reason: string) => {
    requested.resolve(reason);
    firstAt ??= performance.now();
    // One Ctrl-C may arrive twice: from the terminal, and passed on by the bootstrap.
    if (performance.now() - firstAt > 500) again.resolve();
  };
  // With the terminal closed, a line that can no longer be shown must not end us before the data is saved.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of SIGNALS) process.on(signal, () => onStop(signal));
  if (process.connected) {
    process.once('disconnect', () => onStop('the end of its parent'));
    // Listening for the parent's end must not by itself keep this process alive.
    process.channel?.unref();
  }
  return { requested: requested.promise, again: again.promise };
}

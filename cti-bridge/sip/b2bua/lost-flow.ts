import type { Clock, Disposable } from '../../kernel/index.ts';
import type { Binding, Bindings } from '../registrar/index.ts';

/** How long a confirmed call waits for its phone to come back. JsSIP needs about 2 s to reconnect; a sleepy network ten times that. */
export const returnLimitMs = 20_000;

/**
 * What happens when the WebSocket under a call closes: nothing, for 20 s. The audio does not use it and goes on; when the extension
 * registers again, the call moves to the new flow. Only then, without a return, is the call over. (A call that was not answered yet ends at
 * once: nobody can answer it any more.)
 */
export function awaitReturn(
  bindings: Bindings,
  clock: Clock,
  extension: string,
  onReturn: (binding: Binding) => void,
  onGone: () => void,
): Disposable {
  const present = bindings.find(extension);
  if (present && !present.flow.isClosed) {
    onReturn(present);
    return { dispose() {} };
  }
  const limit = clock.timer(returnLimitMs, () => {
    void watch.dispose();
    onGone();
  });
  const watch = bindings.on('bound', (binding) => {
    if (binding.extension !== extension) return;
    dispose();
    onReturn(binding);
  });
  const dispose = () => {
    limit.cancel();
    void watch.dispose();
  };
  return { dispose };
}

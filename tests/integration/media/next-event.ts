import type { MediaEvents, MediaSession } from '../../../cti-bridge/media/index.ts';

/** The next event of this name that is the wanted one. */
export function next<Name extends keyof MediaEvents>(
  session: MediaSession,
  name: Name,
  isIt: (event: MediaEvents[Name]) => boolean = () => true,
  limitMs = 5000,
): Promise<MediaEvents[Name]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name}`)), limitMs);
    const subscription = session.on(name, (event) => {
      if (!isIt(event)) return;
      clearTimeout(timer);
      void subscription.dispose();
      resolve(event);
    });
  });
}

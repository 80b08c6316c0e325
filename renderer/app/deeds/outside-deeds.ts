import type { DesktopApi } from '../../../shared/contracts/desktop-api.ts';
import type { OutsideState, OutsideWish, OutsideWords } from '../../../shared/contracts/outside.ts';
import type { SearchHit } from '../../../shared/contracts/search.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { LinkConfirmDeeds } from '../../features/link-confirm/index.ts';
import { currentCall, type LinkOwner, noOutside, notify, type Stores } from '../../stores/index.ts';
import { lockedScreen } from '../locked-screen.ts';
import type { WorkDeeds } from './work-deeds.ts';

export interface OutsideMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly desktop: DesktopApi;
  readonly dial: WorkDeeds['dial'];
  readonly setPresence: WorkDeeds['setPresence'];
}

/** What the desk does outside its window. In a plain browser there is no outside. */
export interface OutsideDeeds extends LinkConfirmDeeds {
  readonly isThere: boolean;
  /** Says what is shown outside, where it differs from what was said. */
  show(state: OutsideState | null, words: OutsideWords): void;
  /** Somebody is signed in: hears what is pressed outside, and what of the computer concerns them. Returns how to stop. */
  listen(perform: (wish: OutsideWish) => void): () => void;
  becomeAvailable(): void;
}

/** Within so long End must be pressed again. */
const endAgainMs = 2_000;

export function outsideDeeds({ stores, bridge, desktop, dial, setPresence }: OutsideMeans): OutsideDeeds {
  let said: string | null = null;
  let disarm: ReturnType<typeof setTimeout> | undefined;

  function disarmEnd(): void {
    clearTimeout(disarm);
    if (stores.outside.getState().isEndArmed) stores.outside.setState({ isEndArmed: false });
  }

  /** Ends no call by a single press in another program, where it may mean something else. */
  function mayPerform(wish: OutsideWish, by: 'strip' | 'tray' | 'hotKey'): boolean {
    if (by !== 'hotKey' || wish.kind !== 'action' || wish.action !== 'call.end') return true;
    if (stores.outside.getState().isEndArmed) {
      disarmEnd();
      return true;
    }
    stores.outside.setState({ isEndArmed: true });
    disarm = setTimeout(disarmEnd, endAgainMs);
    return false;
  }

  async function lookForLink(): Promise<void> {
    const { number } = await desktop.call('link:take', {});
    if (number === null) return;
    stores.outside.setState({ link: { number, owner: { kind: 'searching' } } });
    const owner = await ownerOf(number);
    stores.outside.setState(({ link }) => (link?.number === number ? { link: { number, owner } } : {}));
  }

  async function ownerOf(number: string): Promise<LinkOwner> {
    if (!stores.desk.getState().user?.rights.includes('contact:read')) return { kind: 'notAsked' };
    const outcome = await bridge.command('customer:search', { text: number, limit: 5 });
    return outcome.ok ? ownerAmong(outcome.value.hits) : { kind: 'notAsked' };
  }

  return {
    isThere: desktop.kind === 'electron',
    show(state, words) {
      const saying = JSON.stringify([state, words]);
      if (saying === said) return;
      said = saying;
      void desktop.call('outside:show', { state, words });
    },
    listen(perform) {
      const screen = lockedScreen({ stores, setPresence });
      const stops = [
        desktop.on('outside:wish', ({ wish, by }) => {
          if (mayPerform(wish, by)) perform(wish);
        }),
        desktop.on('hotKeys:taken', ({ keys }) => notify(stores, { kind: 'hotKeysTaken', keys })),
        desktop.on('link:opened', () => void lookForLink()),
        desktop.on('screen:locked', screen.locked),
        desktop.on('screen:unlocked', screen.unlocked),
        // A call that is over by itself is not ended by the second press.
        stores.desk.subscribe((desk) => {
          if (currentCall(desk) === null && desk.supervising === null) disarmEnd();
        }),
      ];
      // One that was opened before anybody had signed in.
      void lookForLink();
      return () => {
        for (const stop of stops) stop();
        screen.stop();
        clearTimeout(disarm);
        stores.outside.setState(noOutside, true);
        said = null;
      };
    },
    becomeAvailable: () => setPresence({ presence: 'available' }),
    callLink() {
      const { link } = stores.outside.getState();
      stores.outside.setState({ link: null });
      if (link) dial(link.number);
    },
    dropLink: () => stores.outside.setState({ link: null }),
  };
}

/** Of what was found by a number: people and companies that have it, not those whose name or papers it stands in. */
function ownerAmong(hits: readonly SearchHit[]): LinkOwner {
  const owners = hits.filter(({ kind, matched }) => kind !== 'case' && matched === 'number');
  const [first] = owners;
  return first ? { kind: 'found', name: first.title, detail: first.subtitle, others: owners.length - 1 } : { kind: 'nobody' };
}

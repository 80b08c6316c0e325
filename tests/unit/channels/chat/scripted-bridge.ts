import { Conversation } from '../../../../cti-bridge/channels/chat/widget/conversation.ts';
import { type Kept, keptIn } from '../../../../cti-bridge/channels/chat/widget/kept.ts';
import type { Wire, WireListener } from '../../../../cti-bridge/channels/chat/widget/wire.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import {
  type ChatLineView,
  type ChatStateView,
  type FromVisitor,
  fromVisitorSchema,
  type ToVisitor,
  toVisitorSchema,
} from '../../../../shared/contracts/messages/chat-widget.ts';

/** How long a frame is on its way. */
const awayMs = 20;

interface Line {
  readonly listener: WireListener;
  isCut: boolean;
}

/** The bridge and the network before it, in virtual time: what it has stored, whom it tells, and what gets lost. */
export class ScriptedBridge {
  readonly clock: VirtualClock;
  readonly lines: ChatLineView[] = [];
  readonly heard: FromVisitor[] = [];
  readonly state: ChatStateView = { state: 'withAgent', agentName: 'Mei Lin', ahead: null, mayRate: false };
  token = 'token-1';
  #tabs: Line[] = [];
  #byClientId = new Map<string, ChatLineView>();
  /** The network takes nothing in; what is open goes silent. */
  isDark = false;
  /** Frames to this side, by kind, that never arrive. */
  losesDown = new Set<ToVisitor['kind']>();
  refuses: { readonly why: 'tooFast' | 'notStored'; times: number } | null = null;
  opened = 0;

  constructor(clock = new VirtualClock()) {
    this.clock = clock;
  }

  connect(listener: WireListener): Wire {
    const line: Line = { listener, isCut: false };
    this.clock.timer(awayMs, () => {
      if (line.isCut) return;
      if (this.isDark) return this.#end(line, 1006);
      this.#tabs.push(line);
      listener.opened();
    });
    return {
      send: (text) => {
        const frame = fromVisitorSchema.parse(JSON.parse(text));
        this.clock.timer(awayMs, () => !line.isCut && !this.isDark && this.#deal(line, frame));
      },
      close: () => {
        line.isCut = true;
        this.#tabs = this.#tabs.filter((other) => other !== line);
      },
    };
  }

  /** The agent says something, which whoever is connected hears. */
  say(text: string): void {
    const line = this.#add('agent', text);
    for (const tab of this.#tabs) this.#send(tab, { kind: 'line', line });
  }

  tell(frame: ToVisitor): void {
    for (const tab of this.#tabs) this.#send(tab, frame);
  }

  /** All connections break. */
  cut(code = 1006): void {
    for (const tab of [...this.#tabs]) this.#end(tab, code);
  }

  get texts(): readonly string[] {
    return this.lines.map(({ text }) => text);
  }

  #deal(tab: Line, frame: FromVisitor): void {
    this.heard.push(frame);
    switch (frame.kind) {
      case 'open': {
        this.opened++;
        const isKnown = frame.token === this.token;
        const lines = this.lines.filter(({ seq }) => seq > frame.lastSeq);
        return this.#send(tab, { kind: 'opened', token: isKnown ? null : this.token, pass: 'pass', lines, state: this.state });
      }
      case 'catchUp':
        return this.#send(tab, { kind: 'lines', lines: this.lines.filter(({ seq }) => seq > frame.lastSeq) });
      case 'write': {
        const { clientId, text } = frame;
        if (this.refuses && this.refuses.times-- > 0)
          return this.#send(tab, { kind: 'refused', clientId, why: this.refuses.why, retryAfterMs: 2_000 });
        const known = this.#byClientId.get(clientId);
        const line = known ?? this.#add('visitor', text);
        this.#byClientId.set(clientId, line);
        this.#send(tab, { kind: 'written', clientId, line });
        for (const other of this.#tabs) if (other !== tab) this.#send(other, { kind: 'line', line });
        return;
      }
      case 'rate':
      case 'leave':
        return this.#send(tab, { kind: 'done', of: frame.kind, ok: true });
      default:
    }
  }

  #add(by: 'visitor' | 'agent', text: string): ChatLineView {
    const seq = this.lines.length + 1;
    const line = { seq, messageId: `m${seq}`, by, name: by === 'agent' ? 'Mei Lin' : null, text, at: this.clock.now(), file: null };
    this.lines.push(line);
    return line;
  }

  #send(tab: Line, frame: ToVisitor): void {
    const text = JSON.stringify(toVisitorSchema.parse(frame));
    const isLost = this.isDark || this.losesDown.has(frame.kind);
    this.clock.timer(awayMs, () => !isLost && !tab.isCut && tab.listener.heard(text));
  }

  #end(tab: Line, code: number): void {
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    if (tab.isCut) return;
    tab.isCut = true;
    tab.listener.closed(code);
  }
}

/** A browser's memory, as tabs of one site share it. */
export function memoryStorage(): () => Storage {
  const values = new Map<string, string>();
  const storage = {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  } as unknown as Storage;
  return () => storage;
}

let ids = 0;

/** A tab that speaks to it. */
export function tabOf(bridge: ScriptedBridge, kept: Kept = keptIn(memoryStorage(), '')): Conversation {
  return new Conversation({
    connect: (listener) => bridge.connect(listener),
    clock: bridge.clock,
    random: () => 0.5,
    newId: () => `client-${ids++}`.padEnd(8, '0'),
    kept,
    locale: () => 'en',
    page: () => ({ url: 'https://shop.example/', title: 'Shop' }),
    changed: () => undefined,
  });
}

export const textsOf = (tab: Conversation): readonly string[] => tab.lines.map(({ text }) => text);

import { strictRequests } from '../../../cti-bridge/api/sockets/strict-requests.ts';
import type { Bridge, BridgeListener, CommandOutcome } from '../../../renderer/bridge/index.ts';
import type {
  CommandName,
  CommandRequest,
  LoginAnswer,
  Push,
  PushName,
  PushPayload,
  Snapshot,
  UploadName,
  UploadRequest,
} from '../../../shared/contracts/bridge-events.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { dispositions, queues, reasons, skills } from './people.ts';

type Answers = { [Name in CommandName]?: (request: CommandRequest<Name>) => CommandOutcome<unknown> } & {
  [Name in UploadName]?: (request: UploadRequest<Name>) => CommandOutcome<unknown>;
};

/** A bridge in memory: connects at once, answers commands as told, and pushes what the script says. Remembers what it was asked. */
export interface ScriptedBridge extends Bridge {
  /** Files that were sent, and by which route. */
  readonly files: { readonly path: string; readonly name: string }[];
  /** What a route answers to a file; without one, nothing in particular. */
  readonly fileAnswers: Record<string, (file: File) => CommandOutcome<unknown>>;
  /** Uploads among them. */
  readonly commands: { readonly name: CommandName | UploadName; readonly request: unknown }[];
  readonly answers: Answers;
  loginOutcome: CommandOutcome<LoginAnswer>;
  snapshotNow: Snapshot;
  push<Name extends PushName>(name: Name, payload: PushPayload<Name>): void;
  /** The line breaks, or comes back with a fresh snapshot. */
  loseConnection(): void;
  restoreConnection(): void;
  end(why: Parameters<BridgeListener['ended']>[0]): void;
  isConnected: boolean;
}

export function emptySnapshot(now: number, name = 'Lena Hartmann', locale: 'en' | 'zh' = 'en'): Snapshot {
  return {
    seq: 0,
    serverTime: now,
    user: { userId: 'u-1', name, role: 'agent', rights: [...rightsOfRole.agent], locale },
    organisation: {
      name: { en: 'Northline Business · Customer Care', zh: '东海通信 · 集团客户服务中心' },
      homeCountry: locale === 'en' ? 'GB' : 'CN',
    },
    agent: {
      agentId: 'ag-1',
      name,
      extension: '6012',
      presence: 'available',
      notReadyReason: null,
      workState: 'idle',
      since: now - 252_000,
      skills: [{ skill: 'billing', level: 4 }],
    },
    offers: [],
    interactions: [],
    inbox: { mine: [], waiting: [] },
    queues: queues(now),
    reasons,
    skills,
    customFields: [],
    dispositions: [...dispositions],
    today: {
      handled: 23,
      averageHandlingMs: 292_000,
      queues: [
        { queueId: 'q-1', inTime: 111, of: 142, targetPercent: 80, thresholdMs: 20_000 },
        { queueId: 'q-2', inTime: 58, of: 61, targetPercent: 80, thresholdMs: 20_000 },
      ],
    },
    soundPath: null,
  };
}

/** Loudly, since whoever asks it so has a fault that no answer makes good. */
function refuseWhatNoBridgeTakes(name: CommandName | UploadName, request: unknown): void {
  // A field that is undefined is not on the wire.
  const refused = strictRequests.get(name)?.safeParse(JSON.parse(JSON.stringify(request))).error;
  if (refused) throw new Error(`The bridge would refuse ${name}: ${JSON.stringify(refused.issues)}`);
}

export function scriptedBridge(snapshot: Snapshot): ScriptedBridge {
  let listener: BridgeListener | null = null;
  let seq = snapshot.seq;
  const answer = (name: CommandName | UploadName, request: unknown): Promise<CommandOutcome<unknown>> => {
    if (!bridge.isConnected) return Promise.resolve({ ok: false, error: { code: 'offline', message: 'offline' } });
    bridge.commands.push({ name, request });
    refuseWhatNoBridgeTakes(name, request);
    const scripted = bridge.answers[name] as ((given: unknown) => CommandOutcome<unknown>) | undefined;
    return Promise.resolve(scripted ? scripted(request) : { ok: true, value: {} });
  };
  const bridge: ScriptedBridge = {
    commands: [],
    files: [],
    fileAnswers: {},
    answers: {
      'guide:open': () => ({ ok: true, value: { opened: null, guides: [] } }),
      'guide:find': () => ({ ok: true, value: { guides: [] } }),
      'work:mine': () => ({ ok: true, value: { promises: [], tasks: [], callbacks: [] } }),
    },
    snapshotNow: snapshot,
    isConnected: false,
    loginOutcome: {
      ok: true,
      value: {
        token: 'token',
        user: snapshot.user,
        phone: { webSocketPath: '/sip', uri: 'sip:6012@stage.invalid', username: '6012', password: 'x', realm: 'stage', use: 'calls' },
      },
    },
    login: () => Promise.resolve(bridge.loginOutcome),
    connect(_token, to) {
      listener = to;
      to.connecting();
      bridge.restoreConnection();
    },
    command: answer as Bridge['command'],
    upload: answer as Bridge['upload'],
    sendFile(path, file, progressed) {
      bridge.files.push({ path, name: file.name });
      progressed?.(file.size);
      return Promise.resolve(bridge.fileAnswers[path]?.(file) ?? { ok: true, value: {} });
    },
    fetchFile: () => Promise.resolve({ ok: true, value: { name: 'file.txt', content: new Blob(['']) } }),
    push(name, payload) {
      seq += 1;
      listener?.push({ seq, name, payload } as Push);
    },
    loseConnection() {
      bridge.isConnected = false;
      listener?.lost();
    },
    restoreConnection() {
      bridge.isConnected = true;
      listener?.snapshot(bridge.snapshotNow);
      listener?.connected();
      listener?.probed(18, 0);
    },
    end(why) {
      listener?.ended(why, Date.now());
    },
    resync() {
      listener?.snapshot(bridge.snapshotNow);
    },
    sleep: () => bridge.loseConnection(),
    wake: () => undefined,
    disconnect() {
      bridge.isConnected = false;
      listener = null;
    },
  };
  return bridge;
}

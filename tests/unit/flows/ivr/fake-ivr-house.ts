import type { Owed } from '../../../../cti-bridge/crm/index.ts';
import type { IvrHouse } from '../../../../cti-bridge/flows/ivr/ivr-house.ts';
import type {
  LookUpAnswer,
  LookUpQuestion,
  LookUps,
  OutsideNumber,
  TextMessageOutcome,
  TextMessages,
} from '../../../../cti-bridge/interactions/index.ts';
import type { Flow, FlowEntrance, PassedNode } from '../../../../cti-bridge/ivr/index.ts';
import type { TakeOverRule } from '../../../../shared/contracts/ivr/take-over.ts';

/** What flows need of the house, as a test says it. */
export class FakeIvrHouse implements IvrHouse {
  /** By name; hours, queues and the time of day. */
  readonly known = new Map<string, string>();
  readonly asked: LookUpQuestion[] = [];
  /** What other systems answer; as long as a test says nothing, they are silent. */
  answer: (question: LookUpQuestion, signal: AbortSignal) => Promise<LookUpAnswer> = () => new Promise(() => {});
  readonly texts: string[] = [];
  textOutcome: TextMessageOutcome = 'sent';
  bills: Owed | null = null;
  readonly passed: PassedNode[] = [];
  rules: readonly TakeOverRule[] = [];
  hasWayOut = true;
  /** Versions of flows that were live once, as `flow/version`. */
  readonly versions = new Map<string, Flow>();
  /** In which customers go on after the agent. */
  afterCall: FlowEntrance | undefined;
  readonly timeZone = 'Asia/Shanghai';

  readonly lookUps: LookUps = {
    ask: (question, signal) => {
      this.asked.push(question);
      return this.answer(question, signal);
    },
  };
  readonly textMessages: TextMessages = {
    send: async (to, text) => {
      if (this.textOutcome === 'sent') this.texts.push(`${to}: ${text}`);
      return this.textOutcome;
    },
  };
  readonly money = { owedBy: async () => this.bills };
  readonly traces = { note: (passed: PassedNode) => void this.passed.push(passed) };
  readonly facts = { fact: (name: string) => this.known.get(name) };

  takesOver(): readonly TakeOverRule[] {
    return this.rules;
  }

  async readFlow(flowId: string, version: number): Promise<Flow | null> {
    return this.versions.get(`${flowId}/${version}`) ?? null;
  }

  flowAfterCall(): FlowEntrance | undefined {
    return this.afterCall;
  }

  wayTo(number: string): Omit<OutsideNumber, 'partyId'> | null {
    return this.hasWayOut ? { number, peer: '192.0.2.7:5060', shownAs: '1000' } : null;
  }
}

import type { CommandAnswer, CommandRequest, PushPayload, UploadAnswer, UploadRequest } from '../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import { type Guide, type GuideCommandName, type GuideUploadName, guideSchema, type OpenGuide } from '../../shared/contracts/guides.ts';
import { hours } from '../../shared/duration.ts';
import { followUpsOf, handedOver, isPossible } from '../../shared/guide-steps.ts';
import { answersInWords, wordsOfRun } from '../../shared/guide-words.ts';
import { openingGuide } from '../../shared/opening-guide.ts';
import { type GuideRepository, judgeGuide, type KeptGuide, type KeptRunOf } from '../crm/index.ts';
import { err, ok, type Result } from '../kernel/index.ts';
import { authorOf, type CustomerParts } from './customers/parts.ts';
import { reachOf } from './customers/reach.ts';
import { inTurn } from './flow-studio/parts.ts';
import type { Asker } from './ports.ts';

type Answer<Name extends GuideCommandName> = Promise<Result<CommandAnswer<Name>, WireError>>;
type UploadAnswered<Name extends GuideUploadName> = Promise<Result<UploadAnswer<Name>, WireError>>;

/** Guides at contacts, and what is written of them; one answer a command. Rights are judged before. */
export type Guides = {
  readonly [Name in GuideCommandName]: (asker: Asker, request: CommandRequest<Name>) => Answer<Name>;
} & {
  readonly [Name in GuideUploadName]: (asker: Asker, request: UploadRequest<Name>) => UploadAnswered<Name>;
};

export interface GuideParts {
  readonly repository: GuideRepository;
  readonly customers: CustomerParts;
  /** Whether that contact is theirs to work on now. */
  readonly hasInHand: (asker: Asker, interactionId: string) => boolean;
  readonly handOver: HandOver;
  readonly tell: (agentId: string, moved: PushPayload<'guide:moved'>) => void;
}

/** How contacts go from one to the next. */
export interface HandOver {
  /** What the same call was before it came to this agent, the latest first. */
  before(interactionId: string): readonly string[];
  /** What it is now, once another agent has it; null: it is not another's. */
  after(interactionId: string): string | null;
  /** Who is advised there, by whoever does not have the contact; null: it is theirs. */
  advised(interactionId: string): string | null;
  /** Who is asked for advice on it, and by which contact of their own. */
  advisers(interactionId: string): readonly { readonly agentId: string; readonly interactionId: string }[];
  nameOf(agentId: string): string;
}

const noSuchGuide: WireError = { code: 'not_found', message: 'There is no such guide, or it is not live.' };
const noSuchVersion: WireError = { code: 'not_found', message: 'There is no such version of this guide.' };
const notYours: WireError = { code: 'not_found', message: 'This contact is not yours, or is over.' };
const draftChanged: WireError = { code: 'conflict', message: 'Somebody else has changed this draft since you read it. Read it again.' };
const newerStored: WireError = { code: 'conflict', message: 'A newer state of this guide is stored.' };
const finishedAlready: WireError = { code: 'not_found', message: 'This guide is finished: its answers are in the case.' };
const storeFailed: WireError = { code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' };

/** Of what is no guide, nothing is kept. */
const isNone: ReadonlySet<string> = new Set(['malformed', 'newerFormat']);

/** Reads what is live and keeps it in memory: opening a guide waits for its run alone. */
export async function openGuides(parts: GuideParts): Promise<Guides> {
  const { repository, customers, hasInHand, handOver, tell } = parts;
  const { configuration, clock, ids, log } = customers;
  const turn = inTurn();
  const live = new Map((await repository.readAll()).flatMap(({ guideId, live }) => (live ? [[guideId, live] as const] : [])));

  const problemsOf = (guide: unknown) => judgeGuide(guide, houseOf(configuration()));
  const doing = ({ userId, name }: Asker, note: string) => ({ at: clock.now(), by: { userId, name }, note });

  async function runOf(interactionId: string, guideId: string) {
    return (await repository.runsOf(interactionId)).find(({ run }) => run.guideId === guideId) ?? null;
  }

  /** Also after the contact was over: what was answered last may come late, from whoever began it. */
  async function mayWrite(asker: Asker, interactionId: string, guideId: string): Promise<boolean> {
    if (hasInHand(asker, interactionId)) return handOver.advised(interactionId) === null;
    return asker.agentId !== null && (await runOf(interactionId, guideId))?.agentId === asker.agentId;
  }

  /**
   * What was begun at this contact, by whoever had it: what others asked is marked with who they are, and from now on it is kept here, under
   * whoever has it now.
   */
  async function keptFor(
    { agentId }: Asker,
    { interactionId, guideId }: CommandRequest<'guide:open'>,
    opensByItself: string | null,
  ): Promise<KeptRunOf | null> {
    const isMeant = ({ run }: KeptRunOf) => guideId === null || run.guideId === guideId;
    const own = (await repository.runsOf(interactionId)).find(isMeant);
    if (own) return own.agentId === agentId ? own : marked(own);
    for (const before of handOver.before(interactionId)) {
      const found = (await repository.runsOf(before)).find(isMeant);
      // What is over gives way to what this contact opens itself.
      if (!found || (found.finished && opensByItself !== null && found.run.guideId !== opensByItself)) continue;
      const kept = marked(found);
      const { run, revision, finished } = kept;
      if (agentId !== null && finished === null && handOver.advised(interactionId) === null)
        await repository.saveRun({ interactionId, run, revision, agentId, at: clock.now() });
      return kept;
    }
    return null;
  }

  /** Whoever reads along sees at once what was answered. */
  function tellAdvisers(interactionId: string, of: KeptRunOf): void {
    const { agentId: _whose, ...kept } = marked(of);
    for (const adviser of handOver.advisers(interactionId)) tell(adviser.agentId, { interactionId: adviser.interactionId, kept });
  }

  const marked = (kept: KeptRunOf): KeptRunOf => ({ ...kept, run: handedOver(kept.run, handOver.nameOf(kept.agentId)) });

  async function publish(asker: Asker, guide: Guide, what: { draftRevision: number } | { restores: number }, why: string) {
    const problems = [...problemsOf(guide)];
    if (problems.some(({ severity }) => severity === 'error')) return ok({ published: false as const, problems });
    const { guideId } = guide;
    const done = 'restores' in what ? `guide ${guideId}: version ${what.restores} restored` : `guide ${guideId} published`;
    const published = await repository.publish({ guideId, what, why, ...doing(asker, because(done, why)) });
    if (!published) return err(draftChanged);
    const { version } = published;
    live.set(guideId, { guide, version, at: clock.now(), by: asker });
    log.info('guide:published', { guideId, version, by: asker.userId });
    return ok({ published: true as const, version });
  }

  /** What the store cannot do now is said as that; nothing of it has happened. */
  const guarded =
    <Args extends unknown[], Value>(work: (...args: Args) => Promise<Result<Value, WireError>>) =>
    async (...args: Args): Promise<Result<Value, WireError>> => {
      try {
        return await work(...args);
      } catch (error) {
        log.error('guides:failed', { error: String(error) });
        return err(storeFailed);
      }
    };

  return {
    'guide:open': guarded(async (asker, request) => {
      const { interactionId, guideId, queueId, facts } = request;
      if (!hasInHand(asker, interactionId)) return err(notYours);
      const guides = [...live.values()].map(({ guide }) => guide);
      const advised = handOver.advised(interactionId);
      const own = advised === null ? chosen() : null;
      const kept = await keptFor(asker, request, guideId === null ? (own?.guide.guideId ?? null) : null);
      const found = kept ? await begun(kept) : own;
      const opened = found && (advised === null ? found : { ...found, readAlong: { name: advised } });
      if (opened === null && guideId !== null) return err(noSuchGuide);
      return ok({ opened, guides: guides.map((guide) => ({ guideId: guide.guideId, name: guide.name })) });

      async function begun({ run, revision, savedAt, finished }: KeptRunOf): Promise<OpenGuide | null> {
        const of = live.get(run.guideId);
        const guide = of?.version === run.version ? of.guide : await repository.readVersion(run.guideId, run.version);
        return guide && { guide, version: run.version, kept: { run, revision, savedAt, finished }, why: 'begun' };
      }

      function chosen(): OpenGuide | null {
        const found =
          guideId === null
            ? openingGuide(guides, queueId, (name) => (Object.hasOwn(facts, name) ? facts[name] : undefined))
            : { guide: live.get(guideId)?.guide, why: 'hand' as const };
        const version = found?.guide && live.get(found.guide.guideId)?.version;
        return found?.guide && version ? { guide: found.guide, version, kept: null, why: found.why } : null;
      }
    }),

    'guide:find': guarded(async (_asker, { text, limit }) => {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      const names = [...live.values()].map(({ guide: { guideId, name } }) => ({ guideId, name }));
      const fits = ({ name }: (typeof names)[number]) =>
        words.every((word) => [name.en, name.zh].some((each) => each.toLowerCase().includes(word)));
      return ok({ guides: words.length === 0 ? [] : names.filter(fits).slice(0, limit) });
    }),

    'guide:look': guarded(async (_asker, { guideId }) => {
      const found = live.get(guideId);
      return found ? ok({ guide: found.guide, version: found.version }) : err(noSuchGuide);
    }),

    'guide:save': guarded(async (asker, { interactionId, run, revision }) => {
      const { agentId } = asker;
      if (agentId === null || !(await mayWrite(asker, interactionId, run.guideId))) return err(notYours);
      const saved = await repository.saveRun({ interactionId, run, revision, agentId, at: clock.now() });
      if (saved.ok) {
        tellAdvisers(interactionId, { run, revision, savedAt: saved.savedAt, finished: null, agentId });
        return ok({ savedAt: saved.savedAt, revision });
      }
      return err(saved.why === 'finished' ? finishedAlready : newerStored);
    }),

    'guide:finish': guarded(async (asker, { interactionId, run, contactId, caseId, locale }): Answer<'guide:finish'> => {
      const { agentId } = asker;
      if (agentId === null || !(await mayWrite(asker, interactionId, run.guideId))) return err(notYours);
      const before = await runOf(interactionId, run.guideId);
      if (before?.finished) return ok({ kept: true as const, finished: before.finished });
      const after = handOver.after(interactionId);
      if (after !== null && (await runOf(after, run.guideId))) return ok({ kept: false as const, why: 'handedOver' as const });
      const guide = await repository.readVersion(run.guideId, run.version);
      if (!guide) return err(noSuchVersion);
      if (!run.isAtEnd || !isPossible(guide, run)) return ok({ kept: false as const, why: 'notAnswered' as const });
      const at = clock.now();
      const said = (text: Guide['name']) => wordsOfRun(guide, run, text, locale);
      const finished = await repository.finishRun({
        ...{ interactionId, run, agentId, at, contactId, caseId },
        author: authorOf(asker),
        scope: reachOf(customers, asker, contactId),
        newId: ids.next<string>(),
        opens: { kind: guide.case.kind, subject: said(guide.case.subject), priority: guide.case.priority },
        text: [guide.name[locale], ...answersInWords(guide, run, locale)].join('\n'),
        followUps: followUpsOf(guide, run).map(({ kind, text, inHours }) => ({ kind, text: said(text), dueAt: at + hours(inHours) })),
      });
      if (!finished.ok) return finished;
      log.info('guide:finished', { interactionId, guideId: run.guideId, caseId: finished.value.caseId });
      tellAdvisers(interactionId, { run, revision: (before?.revision ?? 0) + 1, savedAt: at, finished: finished.value, agentId });
      await customers.refreshPops([contactId]);
      return ok({ kept: true as const, finished: finished.value });
    }),

    'guide:list': guarded(async () => ok({ guides: (await repository.readAll()).map(summaryOf) })),

    'guide:read': guarded(async (_asker, { guideId, version }) => {
      const kept = await repository.read(guideId);
      if (!kept) return err(noSuchGuide);
      const state = { draftRevision: kept.draft?.revision ?? null, live: kept.live?.version ?? null };
      const guide =
        version === null ? (kept.draft?.guide ?? kept.live?.guide ?? kept.last) : await repository.readVersion(guideId, version);
      if (!guide) return err(version === null ? noSuchGuide : noSuchVersion);
      const shown = version ?? (kept.draft ? null : (kept.live?.version ?? null));
      return ok({ guide, version: shown, ...state, problems: [...problemsOf(guide)] });
    }),

    'guide:save-draft': guarded(async (asker, { guide, ...saving }): UploadAnswered<'guide:save-draft'> => {
      const problems = [...problemsOf(guide)];
      const parsed = guideSchema.safeParse(guide);
      if (!parsed.success || problems.some(({ code }) => isNone.has(code))) return ok({ saved: false as const, problems });
      const saved = await repository.saveDraft({ guide: parsed.data, ...saving, ...doing(asker, '') });
      return saved ? ok({ saved: true as const, revision: saved.revision, problems }) : err(draftChanged);
    }),

    'guide:publish': guarded((asker, { guideId, draftRevision, note }) =>
      turn(async (): Answer<'guide:publish'> => {
        const draft = (await repository.read(guideId))?.draft;
        if (!draft) return err(noSuchGuide);
        return draft.revision === draftRevision ? publish(asker, draft.guide, { draftRevision }, note) : err(draftChanged);
      }),
    ),

    'guide:restore': guarded((asker, { guideId, version, note }) =>
      turn(async (): Answer<'guide:restore'> => {
        const guide = await repository.readVersion(guideId, version);
        return guide ? publish(asker, guide, { restores: version }, note) : err(noSuchVersion);
      }),
    ),

    'guide:withdraw': guarded((asker, { guideId, note }) =>
      turn(async () => {
        const done = doing(asker, because(`guide ${guideId} withdrawn`, note));
        if (!(await repository.withdraw({ guideId, ...done }))) return err(noSuchGuide);
        live.delete(guideId);
        log.info('guide:withdrawn', { guideId, by: asker.userId });
        return ok({});
      }),
    ),

    'guide:discard-draft': guarded(async (_asker, { guideId, draftRevision }) =>
      (await repository.discardDraft({ guideId, draftRevision })) ? ok({}) : err(draftChanged),
    ),

    'guide:versions': guarded(async (_asker, { guideId }) => ok({ versions: [...(await repository.versions(guideId))] })),
  };
}

/** Why, after what was done, as the history tells it. */
const because = (done: string, why: string): string => (why === '' ? done : `${done}: ${why}`);

/** What a guide may name: queues, and outcomes that can be chosen. */
function houseOf({ queues, dispositions }: Configuration) {
  const parents = new Set(dispositions.map(({ parent }) => parent));
  return {
    queueIds: new Set(queues.map(({ id }) => id)),
    outcomes: new Set(dispositions.map(({ code }) => code).filter((code) => !parents.has(code))),
  };
}

function summaryOf({ guideId, draft, live, last }: KeptGuide) {
  return {
    guideId,
    name: draft?.guide.name ?? live?.guide.name ?? last?.name ?? { en: guideId, zh: guideId },
    live: live && { version: live.version, at: live.at, by: { userId: live.by.userId, name: live.by.name } },
    draft: draft && { revision: draft.revision, at: draft.at, by: draft.by },
  };
}

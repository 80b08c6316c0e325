import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import { type AgentId, asId, type ContactId } from '../../shared/ids.ts';
import { queueView } from '../acd/index.ts';
import { type CustomerScope, textReading } from '../crm/index.ts';
import { err, ok, type Result } from '../kernel/index.ts';
import { chooseContact } from './choose-contact.ts';
import type { StoryContext } from './context.ts';
import { authorOf } from './customers/parts.ts';
import type { LiveInteraction } from './live-interaction.ts';
import { choosePresence } from './own-presence.ts';
import type { Asker, Desk } from './ports.ts';

const gone: WireError = { code: 'not_found', message: 'This contact is not yours, or it is over.' };
const offerGone: WireError = { code: 'conflict', message: 'This offer is over.' };
const notNow: WireError = { code: 'conflict', message: 'The call is not in a state that allows this.' };
const nothing = {};
const everybody: CustomerScope = { units: null };

/** Made once a label: a snapshot is asked for often. */
const readings = new Map<string, { readonly reading?: string }>();
function readingOf(label: string): { readonly reading?: string } {
  const known = readings.get(label) ?? (/\p{Script=Han}/u.test(label) ? { reading: textReading(label).join(' ') } : {});
  if (readings.size >= mostReadings) readings.clear();
  readings.set(label, known);
  return known;
}
const mostReadings = 5_000;

/**
 * What an agent's desktop may ask, one method a command. Finds the agent's own offer or interaction and hands the wish to its story; the
 * story decides. Whatever is not this agent's is `not_found`, so that ids of others tell nothing.
 */
export function createDesk(
  context: StoryContext,
  setUp: () => Pick<Configuration, 'organisation' | 'dispositions' | 'reasons' | 'skills' | 'customFields'>,
  scopeOf: (asker: Asker) => CustomerScope,
): Omit<Desk, 'dialCall'> {
  const { live, agents, clock, contacts, interactions, routing, organisation, log } = context;
  const isLeaf = (code: string) => {
    const { dispositions } = setUp();
    return dispositions.some((entry) => entry.code === code) && !dispositions.some((entry) => entry.parent === code);
  };

  async function withCall(
    agentId: AgentId,
    interactionId: string,
    act: (controls: NonNullable<LiveInteraction['callControls']>) => unknown,
  ) {
    const interaction = live.findAssigned(agentId, interactionId);
    if (!interaction) return err(gone);
    if (!interaction.callControls) return err(notNow);
    await act(interaction.callControls);
    return ok(interaction.callView);
  }

  async function changeRecording(agentId: AgentId, interactionId: string, change: 'pause' | 'resume') {
    const interaction = live.findAssigned(agentId, interactionId);
    if (!interaction) return err(gone);
    const view = await interaction.recordingControls?.[change](agentId);
    return view ? ok(view) : err(notNow);
  }

  async function saveDraft(interaction: LiveInteraction, agentId: AgentId, text: string, revision: number) {
    const { interactionId } = interaction;
    const saved = await interactions.saveDraft(interactionId, agentId, text, revision, clock.now());
    if (!saved.ok) return err({ code: 'conflict' as const, message: `A newer text (revision ${saved.storedRevision}) is stored.` });
    interaction.draft = { interactionId, text, revision, savedAt: saved.savedAt };
    return ok(interaction.draft);
  }

  /** Who it is may have become known since it began to ring. */
  function asKnownNow(offer: Offer): Offer {
    const interaction = live.find(offer.interactionId);
    return interaction?.pop ? { ...offer, pop: { ...offer.pop, match: interaction.pop.match, knownAt: interaction.pop.knownAt } } : offer;
  }

  /** Whom an agent has in hand now is theirs to see, wherever they are a customer. */
  function scopeFor(asker: Asker, contactId: string): CustomerScope {
    return asker.agentId !== null && live.isWith(asker.agentId, contactId) ? everybody : scopeOf(asker);
  }

  async function readContact(asker: Asker, contactId: ContactId) {
    const record = await contacts.readRecord(contactId, clock.now(), scopeFor(asker, contactId));
    return record ? ok(record) : err({ code: 'not_found' as const, message: 'There is no such person.' });
  }

  /** What the store cannot do now is said as that, so that the agent tries again; nothing of it has happened. */
  async function stored<Value>(what: string, work: Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
    try {
      return await work;
    } catch (error) {
      log.error('desk:storeFailed', { what, error: String(error) });
      return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
    }
  }

  return {
    async snapshot(agentId) {
      const { organisation: own, dispositions, reasons, skills, customFields } = setUp();
      return {
        organisation: { name: own.name, homeCountry: own.homeCountry },
        agent: agentId ? agents.view(agentId) : null,
        offers: agentId ? live.offeredTo(agentId).map(({ offer }) => asKnownNow(offer)) : [],
        interactions: agentId ? live.assignedTo(agentId).flatMap((interaction) => interaction.view() ?? []) : [],
        inbox: { mine: [], waiting: [] },
        queues: organisation.queueIds.map((queueId) => queueView(routing.state, queueId)),
        dispositions: dispositions.map(({ code, name, parent, usual }) => ({
          ...{ code, label: name, parent, ...readingOf(name.zh) },
          ...(usual && { usual }),
        })),
        reasons,
        skills,
        customFields,
        today: agentId ? context.today(agentId) : { handled: 0, averageHandlingMs: null },
      };
    },
    desktopConnected(agentId, signedInAt) {
      context.scope.run(() => agents.desktopConnected(agentId, signedInAt));
      for (const { wrapUpControls } of live.assignedTo(agentId)) wrapUpControls?.desktopChanged(true);
    },
    desktopGone(agentId, why) {
      for (const { callControls, wrapUpControls } of live.assignedTo(agentId)) {
        if (why === 'loggedOut') callControls?.agentLeft();
        if (why === 'loggedOut') wrapUpControls?.agentLeft();
        else wrapUpControls?.desktopChanged(false);
      }
      context.scope.run(() => agents.desktopGone(agentId, why));
    },

    async setPresence(agentId, request) {
      if (request.presence === 'notReady' && !setUp().reasons.some(({ id }) => id === request.reason))
        return err({ code: 'bad_request', message: `"${request.reason}" is not a reason that can be chosen.` });
      const chosen = await choosePresence(agentId, request, context);
      return chosen ? ok(chosen.view) : err(gone);
    },
    async popDelivered(agentId, { reservationId, popId }) {
      live.findOffered(agentId, reservationId)?.controls.delivered(popId);
      return ok(nothing);
    },
    async popPainted(agentId, { reservationId, popId }) {
      live.findOffered(agentId, reservationId)?.controls.painted(popId);
      return ok(nothing);
    },
    async rejectReservation(agentId, { reservationId }) {
      const offered = live.findOffered(agentId, reservationId);
      if (!offered) return err(offerGone);
      offered.controls.reject();
      return ok(nothing);
    },
    async holdCall(agentId, { interactionId }) {
      const held = await withCall(agentId, interactionId, (controls) => controls.hold());
      return held.ok && held.value ? ok(held.value) : err(held.ok ? notNow : held.error);
    },
    async resumeCall(agentId, { interactionId }) {
      const resumed = await withCall(agentId, interactionId, (controls) => controls.resume());
      return resumed.ok && resumed.value ? ok(resumed.value) : err(resumed.ok ? notNow : resumed.error);
    },
    async sendDigit(agentId, { interactionId, digit }) {
      const sent = await withCall(agentId, interactionId, (controls) => controls.sendDigit(digit));
      return sent.ok ? ok(nothing) : sent;
    },
    async endCall(agentId, { interactionId }) {
      const ended = await withCall(agentId, interactionId, (controls) => controls.end());
      return ended.ok ? ok(nothing) : ended;
    },
    async pauseRecording(agentId, { interactionId }) {
      return stored('recording', changeRecording(agentId, interactionId, 'pause'));
    },
    async resumeRecording(agentId, { interactionId }) {
      return stored('recording', changeRecording(agentId, interactionId, 'resume'));
    },
    async rejoinCall(agentId, { interactionId }) {
      const rejoined = await withCall(agentId, interactionId, (controls) => controls.rejoin());
      return rejoined.ok ? ok(nothing) : rejoined;
    },
    async callMeasured(agentId, { interactionId }) {
      return live.findAssigned(agentId, interactionId) ? ok(nothing) : err(gone);
    },
    async saveDraft(agentId, { interactionId, text, revision }) {
      const interaction = live.findAssigned(agentId, interactionId);
      if (!interaction) return err(gone);
      return stored('draft', saveDraft(interaction, agentId, text, revision));
    },
    async chooseContact(asker, { interactionId, contactId }) {
      const { agentId } = asker;
      const interaction = agentId && live.findInHand(agentId, interactionId);
      if (!interaction) return err(gone);
      // Whoever it may be by what they arrived with can be chosen, wherever they are a customer; anybody else as far as the agent sees.
      const scope = interaction.mayBe(contactId) ? everybody : scopeOf(asker);
      return stored(
        'contact',
        chooseContact(interaction, asId<ContactId>(contactId), { agentId, author: authorOf(asker), scope }, context),
      );
    },
    async extendWrapUp(agentId, { interactionId }) {
      const interaction = live.findAssigned(agentId, interactionId);
      if (!interaction?.wrapUpControls) return err(gone);
      const view = interaction.wrapUpControls.extend();
      return view ? ok(view) : err({ code: 'conflict', message: 'The wrap-up cannot be extended any more.' });
    },
    async completeInteraction(agentId, { interactionId, dispositionCode, note, then }) {
      const interaction = live.findAssigned(agentId, interactionId);
      if (!interaction?.wrapUpControls) return err(gone);
      if (dispositionCode === null && !interaction.wrapUp?.canLeave)
        return err({ code: 'bad_request', message: 'This queue asks for an outcome.' });
      if (dispositionCode !== null && !isLeaf(dispositionCode))
        return err({ code: 'bad_request', message: `"${dispositionCode}" is not an outcome that can be chosen.` });
      const { complete } = interaction.wrapUpControls;
      return stored(
        'outcome',
        complete(dispositionCode, note, then).then(() => ok(nothing)),
      );
    },
    readContact: (asker, { contactId }) => stored('record', readContact(asker, asId<ContactId>(contactId))),
    readTimeline: (asker, { contactId, before, limit, filter }) =>
      stored('timeline', contacts.readTimeline(asId<ContactId>(contactId), before, limit, filter, scopeFor(asker, contactId)).then(ok)),
  };
}

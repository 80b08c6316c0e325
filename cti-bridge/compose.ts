import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../shared/contracts/configuration.ts';
import { type AgentId, asId, type QueueId } from '../shared/ids.ts';
import { queuesOf, queueView } from './acd/index.ts';
import { createApi, createMetrics, DesktopRegistry, identitySessions, type Metrics, type Relay, StartError } from './api/index.ts';
import { allowedHosts, GuardedHttp, HostNames } from './channels/lookups/index.ts';
import { cachedSpeech, findSpeech } from './channels/speech/index.ts';
import { createVoiceChannel, DeskPhones, openPromptSounds, TrunkLines } from './channels/voice/index.ts';
import { composeDocuments } from './compose-documents.ts';
import { composeMessages } from './compose-messages.ts';
import { type Config, resolveSecret } from './config/index.ts';
import { createAdministration } from './flows/administration.ts';
import { Agents, agentSetUps } from './flows/agents.ts';
import { createHelp } from './flows/ask-for-help.ts';
import { askerOf, userNow } from './flows/asker-of.ts';
import { readTheDay } from './flows/board-history.ts';
import { createCallDraft } from './flows/call-draft.ts';
import { createCallFeatures, lineOfTheCall } from './flows/call-features.ts';
import { Callbacks } from './flows/callbacks.ts';
import type { StoryContext } from './flows/context.ts';
import { createAttachments } from './flows/customers/attachments.ts';
import { createExchange } from './flows/customers/exchange.ts';
import { createExports } from './flows/customers/exports.ts';
import { Imports } from './flows/customers/imports.ts';
import { type CustomerParts, createCustomers } from './flows/customers/index.ts';
import { authorOf } from './flows/customers/parts.ts';
import { reachOf } from './flows/customers/reach.ts';
import { createScopes } from './flows/customers/scope.ts';
import { keepScores } from './flows/customers/scores.ts';
import { DefaultOutcomes } from './flows/default-outcomes.ts';
import { createDesk } from './flows/desk.ts';
import { Dialling } from './flows/dialling.ts';
import { featureCode } from './flows/feature-codes.ts';
import { FlowLibrary } from './flows/flow-library.ts';
import { createFlowStudio, FlowTrials, flowJudge } from './flows/flow-studio/index.ts';
import { openGuides } from './flows/guides.ts';
import { inboundCall } from './flows/inbound-call.ts';
import { currentFacts } from './flows/ivr/current-facts.ts';
import { storedTraces } from './flows/ivr/stored-traces.ts';
import { wayFromFlow } from './flows/ivr/way-from-flow.ts';
import { keepCalls } from './flows/keep-calls.ts';
import { openKnowledge } from './flows/knowledge.ts';
import { createListening } from './flows/listening.ts';
import { LiveInteractions } from './flows/live-interaction.ts';
import { hoursOf, isOpenNow, OpeningHoursWatch } from './flows/opening-hours.ts';
import { currentTree } from './flows/org-tree.ts';
import { OutboundCalls } from './flows/outbound-call.ts';
import { createOwnFigures } from './flows/own-figures.ts';
import { Parking } from './flows/park.ts';
import { placesInLine } from './flows/places-in-line.ts';
import type { Asker } from './flows/ports.ts';
import { openPrompts } from './flows/prompts.ts';
import { QueueNews } from './flows/queue-news.ts';
import { createRecorder } from './flows/recorder.ts';
import { loadLeftRecordings } from './flows/recording.ts';
import { recover } from './flows/recover.ts';
import { refreshPops } from './flows/refresh-pops.ts';
import { resumeCall, resumeCalls } from './flows/resume-call.ts';
import { Routing } from './flows/routing.ts';
import { ScheduledCallbacks } from './flows/scheduled-callbacks.ts';
import { setUpEvents } from './flows/set-up.ts';
import { createSupervisedCalls } from './flows/supervise-call.ts';
import { createSupervision } from './flows/supervision.ts';
import { createTestCall } from './flows/test-call.ts';
import { ApiClients, AttemptLimiter, KeptLogIns, SessionRegistry } from './identity/index.ts';
import { ImportIntake, Inbox } from './intake/index.ts';
import type { BusinessEvent, EventListener } from './interactions/index.ts';
import { CertificateFiles, type Clock, createIdSource, type Log, Scope, systemClock, withTimeLimit } from './kernel/index.ts';
import { listenError } from './listen-error.ts';
import { createMediaEngine, type MediaEngine } from './media/index.ts';
import { rightsOf } from './organisation/index.ts';
import { Report } from './reporting/index.ts';
import type { SipListener } from './sip/index.ts';
import { createSipStack } from './sip/index.ts';
import { openStore, StoreError } from './store/index.ts';

export { StartError };

const assets = fileURLToPath(new URL('../assets/', import.meta.url));
const promptsFolder = `${assets}prompts`;

export interface Bridge {
  readonly httpAddress: string;
  readonly sipAddress: string;
  /** Of the bridge's own mail server; null: there is none. */
  readonly mailAddress: string | null;
  readonly metrics: Metrics;
  /** Looks at the files of the certificate now, not in a few seconds. */
  reloadCertificate(): Promise<void>;
  stop(): Promise<void>;
}

export interface ComposeOptions {
  readonly log: Log;
  readonly clock?: Clock;
  /** Heard after the metrics, in the order of commit; for tests and, later, reporting. */
  readonly listeners?: readonly EventListener[];
  /** People to fill the record with instead of the demo's few hundred; for benches. */
  readonly people?: number;
}

/** How long stories may take to write their endings when the bridge drains. */
const drainLimitMs = 5_000;

/**
 * Builds everything, starts it in the order in which it is needed, and stops it in the reverse. The only file that knows every class, and it
 * decides nothing. Rejects with a `StartError` whose message can be shown as it is; what had started by then is stopped again.
 */
export async function compose(config: Config, options: ComposeOptions): Promise<Bridge> {
  const { log, clock = systemClock } = options;
  const ids = createIdSource(clock);
  const scope = new Scope('bridge', clock, (error, where) =>
    log.error('bug:story', { where, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  try {
    return await build();
  } catch (error) {
    await scope.end('start failed');
    throw error instanceof StoreError ? new StartError('listen_failed', error.message, error) : error;
  }

  async function openCertificate(files: NonNullable<Config['tls']>): Promise<CertificateFiles> {
    const opened = await CertificateFiles.open({ ...files, clock, log: log.child({ part: 'certificate' }) });
    if (!opened.ok) throw new StartError('listen_failed', `TLS is set up, but there is no certificate to use. ${opened.error}`, undefined);
    return opened.value;
  }

  async function build(): Promise<Bridge> {
    const relay = config.turn && relayOf(config.turn);
    const store = await openStore({
      path: config.data.folder,
      clock,
      log,
      seed: config.demo ? 'demo' : 'none',
      ...(options.people === undefined ? {} : { people: options.people }),
    });
    scope.add(() => store.stop());
    const organisation = await store.readOrganisation();
    let { configuration } = organisation;
    const metrics = createMetrics(clock);
    scope.add(() => metrics.stop());

    const certificate = config.tls && (await openCertificate(config.tls));
    if (certificate) scope.add(() => certificate.stop());
    const logIns = new KeptLogIns({ repository: store.logIns, clock, log: log.child({ part: 'logIns' }) });
    await logIns.load();
    const registry = new SessionRegistry(clock, ids, logIns);
    const sessions = identitySessions({ users: store.users, registry, limiter: new AttemptLimiter(), clock });

    const media = createMediaEngine({ config: config.media, clock, log: log.child({ part: 'media' }) });
    await media.start();
    scope.add(() => media.stop());
    const sip = createSipStack({
      config: { ...config.sip, product: 'Crosspoint', listeners: sipListeners(config) },
      certificate,
      clock,
      ids,
      log: log.child({ part: 'sip' }),
      credentials: (username) => deskPhones.credentials(username),
      awaitsLegs: true,
    });
    const deskPhones = new DeskPhones({
      sip,
      resolveSecret,
      desktops: (username) => registry.bySipUsername(username)?.sip ?? null,
      log: log.child({ part: 'deskPhones' }),
    });
    await sip.start().catch((error: unknown) => {
      throw listenError(error, config);
    });
    deskPhones.configure(phonesOf(organisation.configuration));
    const trunkLines = new TrunkLines({ sip, resolveSecret, log: log.child({ part: 'trunks' }) });
    trunkLines.configure(configuration.trunks);
    scope.add(() => sip.stop());
    // A log-in left open would keep its idle timer, and with it the process.
    scope.add(() => registry.endAll('shutdown'));
    // A phone lives as long as the log-in it was made for.
    scope.add(registry.ended.on('ended', ({ session }) => session.sip && sip.unregister(session.sip.username)));
    const promptSounds = await openPromptSounds(promptsFolder, join(store.folder, 'prompts'));
    const voice = createVoiceChannel({
      sip,
      media,
      clock,
      log,
      ids,
      prompts: promptSounds,
      musicFile: `${assets}music/hold.wav`,
      readNumber: (trunkId, received) => dialling.readReceived(trunkId, received),
      srtp: { trunk: trunkLines.srtpOf, phone: deskPhones.srtpOf },
      codecs: trunkLines.codecs,
      answersItself: deskPhones.answersItself,
      recordingsFolder: store.recordingFiles.folder,
    });
    scope.add(() => voice.stop());

    const stories = scope.child('stories');
    const live = new LiveInteractions();
    let supervision: ReturnType<typeof createSupervision> | undefined;
    let help: ReturnType<typeof createHelp> | undefined;
    let figures: ReturnType<typeof createOwnFigures> | undefined;
    let surveys: typeof messages.surveys | undefined;
    let callsBegun: typeof messages.callsBegun | undefined;
    let scheduledCallbacks: ScheduledCallbacks | undefined;
    const recorder = createRecorder({
      journal: keepCalls(store.journal, { live, restorer: voice.restorer, repository: store.liveCalls, log }),
      clock,
      ids,
      log,
      listeners: [
        metrics.listener,
        (event) => supervision?.listener(event),
        (event) => help?.listener(event),
        (event) => figures?.listener(event),
        (event) => surveys?.listener(event),
        (event) => callsBegun?.listener(event),
        (event) => scheduledCallbacks?.listener(event),
        ...(options.listeners ?? []),
      ],
    });
    const routing = new Routing(clock, log, {
      ledger: store.ledger,
      decisions: store.decisions,
      runId: ids.next<string>(),
      nextFencing: (await store.ledger.highestFencing()) + 1,
    });
    const desktops = new DesktopRegistry();
    for (const event of setUpEvents(null, configuration)) routing.tell(event);
    const queueNews = new QueueNews(clock, routing, desktops);
    scope.add(() => queueNews.stop());
    const agents = new Agents(agentSetUps(configuration), { routing, phones: voice.phones, desktops, recorder, queueNews, clock });
    const library = new FlowLibrary(() => configuration.hours);
    await library.load(store.flows);
    const report = new Report({ timeZone: configuration.organisation.timeZone });
    const defaultOutcomes = new DefaultOutcomes({ interactions: store.interactions, scope: stories, log });
    const lookUps = new GuardedHttp(clock, { names: new HostNames(), allowed: allowedHosts(config.ivr.lookups.allowedHosts) });
    const context: StoryContext = {
      clock,
      ids,
      log,
      recorder,
      routing,
      agents,
      phones: voice.phones,
      desktops,
      live,
      contacts: store.contacts,
      interactions: store.interactions,
      defaultOutcomes,
      today: (agentId) => ownFigures.today(agentId),
      ivr: {
        lookUps,
        textMessages: { send: (to, text, signal) => messages.texts.send(to, text, signal) },
        money: store.money,
        traces: storedTraces({
          repository: store.traces,
          timeZone: () => configuration.organisation.timeZone,
          log: log.child({ part: 'traces' }),
        }),
        facts: currentFacts({ clock, configuration: () => configuration, routerState: () => routing.state }),
        get timeZone() {
          return configuration.organisation.timeZone;
        },
        takesOver: (trunkId) => configuration.trunks.find(({ id }) => id === trunkId)?.takesOver ?? [],
        readFlow: (flowId, version) => store.flows.readVersion(flowId, version),
        flowAfterCall(queueId) {
          const flowId = configuration.queues.find(({ id }) => id === queueId)?.afterCall;
          const entry = flowId ? library.source.find(flowId) : undefined;
          return entry && { entry, flows: library.source };
        },
        wayTo: (number, call) => wayFromFlow(number, call, dialling),
      },
      recording: {
        repository: store.recordings,
        files: store.recordingFiles,
        settingsOf: (queueId) => configuration.queues.find(({ id }) => id === queueId)?.recording,
        voicemailOf: (queueId) => configuration.queues.find(({ id }) => id === queueId)?.voicemail,
        left: new Map(),
      },
      organisation: {
        get homeCountry() {
          return configuration.organisation.homeCountry;
        },
        get dialling() {
          return configuration.organisation.dialling;
        },
        get queueIds() {
          return configuration.queues.map(({ id }) => asId<QueueId>(id));
        },
        flowFor: (dialled) => library.entranceFor(dialled, clock.now()),
      },
      scope: stories,
      get callbacks() {
        return callbacks;
      },
    };
    const ownFigures = createOwnFigures(context, { report, names: store.reporting, configuration: () => configuration });
    scope.add(ownFigures);
    figures = ownFigures;
    const dialling = new Dialling({
      clock,
      log: log.child({ part: 'dialling' }),
      recorder,
      configuration: () => configuration,
      conditions: () => new Map(sip.trunks.states().map((state) => [state.trunkId, state])),
      random: Math.random,
    });
    const callbacks = new Callbacks(context, {
      repository: store.callbacks,
      customers: voice.customers,
      routesBack: (number, queueId) => dialling.routesBack(number, queueId),
    });
    const outboundCalls = new OutboundCalls(context, {
      ...{ customers: voice.customers, dialling },
      originOf: (agentId, conversationId) => messages.callsBegun.originOf(agentId, conversationId),
    });
    const scopeOf = createScopes(() => configuration);
    const orgTree = currentTree(() => configuration);
    const peopleOf = (asker: Asker) => orgTree().scopeOf(asker);
    const seesAgent = (asker: Asker, agentId: AgentId) => peopleOf(asker).has(agentId);
    const callDesk = createDesk(context, () => configuration, scopeOf);
    const messages = await composeMessages(
      {
        ...{ clock, ids, log: log.child({ part: 'messages' }), recorder, routing, agents, desktops, scope: stories },
        ...{ contacts: store.contacts, interactions: store.interactions, organisation: context.organisation, today: ownFigures.today },
        configuration: () => configuration,
      },
      {
        isOpen: (queueId) => isOpenNow(configuration, queueId, clock.now()),
        mayRead: async (asker, contactId) => (await callDesk.readContact(asker, { contactId })).ok,
        chooses: (asker) => ({ author: authorOf(asker), scope: scopeOf(asker) }),
        pagesOf: (fileId) => documents.pagesOf(fileId),
      },
      { config, store, lookUps, certificate, scope, clock, log },
    );
    ({ surveys, callsBegun } = messages);
    const documents = composeDocuments({
      ...{ store, scope, ids, clock, log, arrivals: messages.arrivals, mayOpen: messages.downloads.mayOpen },
      configuration: () => configuration,
      async mayRead(asker, contactId) {
        if (!asker.may('contact:read')) return false;
        const isInHand = asker.agentId !== null && messages.isWith(asker.agentId, contactId);
        return isInHand || (await callDesk.readContact(asker, { contactId })).ok;
      },
    });
    const desk = messages.withWritten(callDesk);
    const parking = new Parking(context);
    const calls = {
      ...createCallFeatures(context, {
        scopeOf: (asker) => orgTree().colleaguesOf(asker),
        lineFor: (asker, number, from) => dialling.lineFor(asker, number, from, lineOfTheCall),
        askerOf: (agentId) => askerOf(configuration, agentId),
      }),
      ...parking.commands,
      ...createSupervisedCalls(context, {
        scopeOf: peopleOf,
        isHidden: () => configuration.organisation.hidesSupervision ?? false,
      }),
      ...createTestCall(context, { phones: voice.ownPhones, ownerOf: (phone) => registry.bySipUsername(phone)?.user ?? null }),
    };
    const speech = await findSpeech(config.speech.command);
    const promptLibrary = await openPrompts({
      ...{ clock, ids, log: log.child({ part: 'prompts' }) },
      repository: store.prompts,
      configuration: () => configuration,
      flows: store.flows,
      sounds: promptSounds,
      speech: speech && cachedSpeech(speech, join(store.folder, 'prompts', 'spoken')),
      newToken: () => randomBytes(32).toString('base64url'),
    });
    const knowledge = await openKnowledge({
      ...{ clock, desktops, log: log.child({ part: 'knowledge' }) },
      repository: store.articles,
      configuration: () => configuration,
    });
    const administration = createAdministration({
      repository: store.configuration,
      prompts: promptLibrary.heard,
      flows: () => library.all.map(({ flow: { flowId, name } }) => ({ flowId, name })),
      flowUses: () => library.uses(),
      clock,
      log,
    });
    administration.onSaved((before, after) => {
      for (const event of setUpEvents(before, after)) routing.tell(event);
      agents.setUp(agentSetUps(after));
      configuration = after;
      deskPhones.configure(phonesOf(after));
      trunkLines.configure(after.trunks);
      clients.configure(after);
      messages.configure(after);
      documents.configure(after);
      registry.follow((userId) => rightsOf(after, userId));
      desktops.broadcast('organisation:changed', { at: clock.now() });
    });
    const customerParts: CustomerParts = {
      clock,
      ids,
      log: log.child({ part: 'customers' }),
      store: store.customers,
      recordingFiles: store.recordingFiles,
      messageFiles: store.messageFiles,
      configuration: () => configuration,
      scopeOf,
      hasInHand: ({ agentId }, contactId) =>
        agentId !== null && (context.live.isWith(agentId, contactId) || messages.isWith(agentId, contactId)),
      refreshPops: (contactIds) => refreshPops(contactIds, context),
      isNowWith: async (asker, interactionId, contactId) => (await desk.chooseContact(asker, { interactionId, contactId })).ok,
      workChanged: (agentId) => desktops.push(asId<AgentId>(agentId), 'work:changed', {}),
      promiseKept: (promiseId, by) => scheduledCallbacks?.keptByHand(promiseId, by),
      isInContact: (contactId) =>
        context.live.all().some((interaction) => interaction.mayBe(contactId)) || messages.mayBeAnybodys(contactId),
    };
    const guides = await openGuides({
      repository: store.guides,
      customers: customerParts,
      hasInHand: ({ agentId }, interactionId) =>
        agentId !== null && (live.isInHand(agentId, interactionId) || messages.isInHand(agentId, interactionId)),
      handOver: {
        before: (interactionId) => live.find(interactionId)?.continues ?? [],
        after: (interactionId) => live.partAfter(interactionId)?.interactionId ?? null,
        advised: (interactionId) => live.find(interactionId)?.advised ?? null,
        advisers: (interactionId) =>
          live
            .advisedOn(interactionId)
            .flatMap(({ assigned, interactionId }) => (assigned ? [{ agentId: assigned.agentId, interactionId }] : [])),
        nameOf: (agentId) => agents.find(asId<AgentId>(agentId))?.name ?? agentId,
      },
      tell: (agentId, moved) => desktops.push(asId<AgentId>(agentId), 'guide:moved', moved),
    });
    const trials = new FlowTrials(clock);
    scheduledCallbacks = new ScheduledCallbacks(context, {
      repository: store.customers.scheduledCallbacks,
      records: store.customers.records,
      configuration: () => configuration,
      ...{ dialling, scopeOf, workChanged: customerParts.workChanged },
      scopeFor: (asker, contactId) => reachOf(customerParts, asker, contactId),
    });
    const flows = createFlowStudio({
      repository: store.flows,
      traces: store.traces,
      library,
      trials,
      callDraft: createCallDraft(context, {
        phones: voice.ownPhones,
        ownerOf: (phone) => registry.bySipUsername(phone)?.user ?? null,
      }),
      judge: flowJudge,
      configuration: () => configuration,
      prompt: promptLibrary.state,
      scopeOf,
      hasInHand: ({ agentId }, interactionId) => agentId !== null && live.isInHand(agentId, interactionId),
      nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
      clock,
      log: log.child({ part: 'flows' }),
    });
    const files = new ImportIntake({
      folder: join(store.folder, 'imports'),
      log: log.child({ part: 'intake' }),
      openDoor: () => store.openBulkDoor(),
    });
    scope.add(() => files.stop());
    const imports = new Imports({ ...customerParts, files, announce: (view) => desktops.tell('record:import', 'import:changed', view) });
    await imports.recover();
    const exports = createExports(customerParts, () => randomBytes(32).toString('base64url'));
    const listening = createListening({
      ...{ clock, ids, scopeOf, seesAgent, log: log.child({ part: 'listening' }) },
      recordings: store.recordings,
      files: store.recordingFiles,
      audit: store.customers.privacy,
      hasInHand: (agentId, interactionId) => context.live.isInHand(agentId, interactionId),
      newToken: () => randomBytes(32).toString('base64url'),
    });
    const unreadFiles = {
      isReading: () => imports.isReading(),
      removeAll: async () => (await imports.removeWaitingFiles()) + (await inbox.removeRefused()),
    };
    const customers = createCustomers(customerParts, imports, exports, unreadFiles, listening, scheduledCallbacks);
    const exchange = createExchange(customerParts);
    const inbox = new Inbox({
      folder: config.intake.folder ?? join(store.folder, 'inbox'),
      clock,
      log: log.child({ part: 'inbox' }),
      // Whoever may put files there speaks for the systems of the house.
      take: (resources) =>
        exchange.takeAll(
          { author: { userId: null, name: 'inbox', source: 'inbox' }, source: 'inbox', scope: { units: null }, orgUnitId: null },
          resources,
        ),
    });
    await inbox.start();
    scope.add(() => inbox.stop());
    const clients = new ApiClients({ resolveSecret, log: log.child({ part: 'clients' }) });
    clients.configure(configuration);
    keepScores({
      clock,
      log: log.child({ part: 'scores' }),
      scores: store.customers.scores,
      settings: () => configuration.organisation.customerScores,
      scope: scope.child('scores'),
    });
    supervision = createSupervision(context, {
      report,
      decisions: store.decisions,
      names: store.reporting,
      administration,
      configuration: () => configuration,
      releaseWritten: messages.release,
      prioritiseWritten: messages.prioritise,
      giveWritten: messages.give,
      parkedWritten: messages.parked,
    });
    scope.add(supervision);
    help = createHelp(context, {
      scopeOf: peopleOf,
      userOf: (userId) => userNow(configuration, userId),
      tellEach: (callsFor) =>
        desktops.tellEach('help:changed', (asker) => {
          const calls = callsFor(asker);
          return calls && { calls: [...calls] };
        }),
    });
    scope.add(help);
    const hands = help.listener;
    const folds = {
      startOfDay: (at: number) => report.startOfDay(at),
      fold(event: BusinessEvent) {
        report.fold(event);
        hands(event);
      },
    };
    await readTheDay(folds, store.reporting, { clock, log });
    const defaultDisposition = organisation.queues[0]?.wrapUp.defaultDisposition ?? 'notCoded';
    await loadLeftRecordings(context.recording, { log, scope: stories });
    const resumed = resumeCalls(await store.liveCalls.readAll(), (legs) => voice.restorer.restore(legs), log);
    const goingOn = new Set([...resumed.map(({ stored }) => stored.interactionId), ...(await messages.goingOn())]);
    await recover({ interactions: store.interactions, ledger: store.ledger, recorder, clock, log, defaultDisposition, goingOn });
    await dialling.remember(store.callsOut);
    await dialling.goOnWith(
      store.callsOut,
      resumed.map(({ stored, call }) => ({ interactionId: stored.interactionId, ended: call.ended })),
    );
    agents.expect(await store.presences.readLastPresences(agentSetUps(configuration).map(({ agentId }) => agentId)), clock.now());
    await scheduledCallbacks.resume();
    await callbacks.resume();
    const openingHours = new OpeningHoursWatch({ clock, routing, hoursOf: (queueId) => hoursOf(configuration, queueId) });
    openingHours.check();
    scope.add(() => openingHours.stop());
    administration.onSaved(() => openingHours.check());

    const running = new Set<Promise<void>>();
    const tell = (where: string, story: Promise<void>) => {
      const told = story.catch((error: unknown) => {
        log.error('bug:story', { where, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      });
      running.add(told);
      void told.then(() => running.delete(told));
    };
    const placeOf = placesInLine(
      resumed.map(({ stored }) => stored),
      clock,
    );
    for (const { stored, call } of resumed) tell('resumed call', resumeCall(stored, call, placeOf(stored.interactionId), context));
    await messages.resume();
    agents.goOn();
    voice.onCall((call) => tell('inbound call', inboundCall(call, context)));
    voice.onPhoneCall((call, extension) =>
      tell(
        'feature code',
        featureCode(call, extension, context, () => configuration, parking, trials),
      ),
    );

    sip.legsRestored();

    const api = createApi({
      ...config.http,
      allowedOrigins: config.allowedOrigins,
      certificate,
      rendererFolder: config.renderer.folder,
      phone: { webSocketPath: '/sip', domain: config.sip.domain },
      relay,
      acceptSipUpgrade: (request, socket, head) => sip.acceptUpgrade(request, socket, head),
      desk: { ...desk, dialCall: (agentId, request) => outboundCalls.dialCall(agentId, request) },
      supervision,
      administration,
      customers,
      calls,
      prompts: promptLibrary,
      flows,
      guides,
      inbox: messages.inbox,
      help,
      figures: ownFigures,
      knowledge,
      messages: messages.downloads,
      messagePages: documents.messagePages,
      documents: documents.documents,
      mounts: messages.mounts,
      attachments: createAttachments(customerParts),
      listening,
      imports,
      exchange,
      exports,
      clients,
      desktops,
      sessions,
      metrics,
      health: () => [
        ...(store.health().isDegraded ? ['The disk stalls: events are kept in memory and not yet stored.'] : []),
        ...defaultOutcomes.problems,
        ...(certificate?.problems ?? []),
        ...mediaProblems(media.readiness()),
        ...deskPhones.problems,
        ...trunkLines.problems,
        ...dialling.problems,
        ...clients.problems,
        ...messages.problems,
        ...documents.problems,
      ],
      clock,
      log: log.child({ part: 'api' }),
    });
    const http = await api.start();
    scope.add(() => api.stop());
    await messages.start();
    documents.configure(configuration);
    metrics.watch({
      sessions: () => registry.list().length,
      waiting: () => queuesOf(routing.state).map(({ queueId }) => ({ queueId, waiting: queueView(routing.state, queueId).waiting })),
      agents: () => agents.views(),
      store: () => store.health(),
      sip: () => ({ ...sip.counters(), ...voice.counters(), ...trunkLines.counters }),
      mediaWorkers: () => media.stats(),
    });

    return {
      httpAddress: `${certificate ? 'https' : 'http'}://${http.host}:${http.port}`,
      sipAddress: `${sip.udpAddress.host}:${sip.udpAddress.port}`,
      mailAddress: messages.intakeAddress,
      metrics,
      reloadCertificate: async () => certificate?.reload(),
      async stop() {
        api.drain();
        await stories.end('shutdown');
        const settled = [...running, callbacks.settled(), outboundCalls.settled()];
        await withTimeLimit(clock, drainLimitMs, 'ending the calls', Promise.all(settled)).catch((error: unknown) =>
          log.warn('bridge:drainLimit', { error: String(error) }),
        );
        routing.stop();
        agents.stop();
        await scope.end('shutdown');
      },
    };
  }
}

/** SIP is spoken over UDP and TCP on the same address (RFC 3261 §18.2.1), and on whatever else is set. */
function sipListeners({ sip: { host, port, listeners } }: Config): readonly SipListener[] {
  return [{ transport: 'UDP', host, port }, { transport: 'TCP', host, port }, ...listeners];
}

/** The secret is had at the start: without it the first agent at home would find out. */
function relayOf({ secret: reference, ...relay }: NonNullable<Config['turn']>): Relay {
  const secret = resolveSecret(reference);
  if (secret.ok) return { ...relay, secret: secret.value };
  throw new StartError('listen_failed', `A TURN server is set up, but its secret cannot be had. ${secret.error}`, undefined);
}

function phonesOf({ users }: Configuration) {
  return users.flatMap(({ agent }) => agent ?? []);
}

function mediaProblems({ ready, of, overloaded }: ReturnType<MediaEngine['readiness']>): readonly string[] {
  if (ready === 0) return ['No media worker runs: calls are refused.'];
  return [
    ...(ready < of ? [`${of - ready} of ${of} media workers are down: fewer calls can be taken.`] : []),
    ...(overloaded > 0 ? [`${overloaded} of ${of} media workers have too much to do and take no new calls: sound would suffer.`] : []),
  ];
}

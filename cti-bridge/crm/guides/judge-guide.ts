import {
  type Guide,
  type GuideField,
  type GuideProblem,
  type GuideStep,
  guideFormat,
  guideSchema,
  type Words,
} from '../../../shared/contracts/guides.ts';
import type { Condition } from '../../../shared/contracts/ivr/conditions.ts';
import { factsIn } from '../../../shared/fact-template.ts';

/** What a guide may name of what an administrator set up. */
export interface GuideHouse {
  readonly queueIds: ReadonlySet<string>;
  /** Those that may be chosen. */
  readonly outcomes: ReadonlySet<string>;
}

/** Where a problem lies; a step of null is the guide itself. */
interface Place {
  readonly stepId: string | null;
  readonly field: string | null;
}

/** All that is wrong with what may be no guide at all. One without errors has an end that every step can come to. */
export function judgeGuide(given: unknown, house: GuideHouse): readonly GuideProblem[] {
  const format = typeof given === 'object' && given !== null && 'format' in given ? given.format : undefined;
  const whole = { stepId: null, field: null };
  if (typeof format === 'number' && format > guideFormat)
    return [problem('newerFormat', whole, 'A newer version of the program wrote this guide.')];
  const parsed = guideSchema.safeParse(given);
  if (!parsed.success) {
    return parsed.error.issues.slice(0, 20).map(({ path, message }) => {
      const field = path.join('/');
      return problem('malformed', { stepId: null, field }, `${field}: ${message}`, { field });
    });
  }
  const guide = parsed.data;
  return [
    ...namedTwice(guide),
    ...guide.steps.flatMap((step) => [...problemsOfWords(step), ...step.fields.flatMap((field) => problemsOfField(step, field))]),
    ...problemsOfGuideWords(guide),
    ...problemsOfExits(guide, house),
    ...problemsOfWays(guide),
    ...problemsOfFacts(guide),
    ...guide.opens.flatMap(({ queueId }, index) =>
      queueId === null || house.queueIds.has(queueId)
        ? []
        : [
            problem('unknownQueue', { stepId: null, field: `opens/${index}/queueId` }, `There is no queue "${queueId}".`, {
              queue: queueId,
            }),
          ],
    ),
  ];
}

function problem(
  code: GuideProblem['code'],
  { stepId, field }: Place,
  what: string,
  facts: Readonly<Record<string, string>> = {},
): GuideProblem {
  return { severity: 'error', code, stepId, field, what, facts: { ...facts } };
}

const warning = (...about: Parameters<typeof problem>): GuideProblem => ({ ...problem(...about), severity: 'warning' });

function namedTwice({ steps }: Guide): readonly GuideProblem[] {
  const fields = steps.flatMap((step) => step.fields.map((field) => ({ step, field })));
  return [
    ...steps
      .filter(({ id }, index) => steps.findIndex((step) => step.id === id) < index)
      .map(({ id }) => problem('stepTwice', { stepId: id, field: null }, `There are two steps "${id}".`, { step: id })),
    ...fields
      .filter(({ field }, index) => fields.findIndex((each) => each.field.name === field.name) < index)
      .map(({ step, field: { name } }) =>
        problem('answerTwice', { stepId: step.id, field: `fields/${name}` }, `Two fields are called "${name}".`, { name }),
      ),
  ];
}

/** In both languages. What may be left out is so in both or in none. */
function missingWords(text: Words, place: Place, mayBeEmpty: boolean): readonly GuideProblem[] {
  const missing = (['en', 'zh'] as const).filter((language) => text[language].trim() === '');
  if (missing.length === 0 || (mayBeEmpty && missing.length === 2)) return [];
  return missing.map((language) => problem('wordsMissing', place, `A text is missing in ${language}.`, { language }));
}

function problemsOfWords({ id, title, say }: GuideStep): readonly GuideProblem[] {
  return [...missingWords(title, { stepId: id, field: 'title' }, false), ...missingWords(say, { stepId: id, field: 'say' }, true)];
}

function problemsOfGuideWords(guide: Guide): readonly GuideProblem[] {
  return [
    ...missingWords(guide.name, { stepId: null, field: 'name' }, false),
    ...missingWords(guide.case.subject, { stepId: null, field: 'case/subject' }, false),
    ...guide.followUps.flatMap(({ text }, index) => missingWords(text, { stepId: null, field: `followUps/${index}/text` }, false)),
  ];
}

function problemsOfField({ id: stepId }: GuideStep, field: GuideField): readonly GuideProblem[] {
  const at = (what: string): Place => ({ stepId, field: `fields/${field.name}${what}` });
  const problems = [...missingWords(field.label, at('/label'), false)];
  if (field.least !== null && field.most !== null && field.least > field.most)
    problems.push(problem('badLimits', at('/most'), `The most that "${field.name}" may be is less than the least.`, { name: field.name }));
  if (field.kind === 'text' && field.most !== null && field.most > 2_000)
    problems.push(problem('badLimits', at('/most'), 'An answer has at most 2,000 characters.', { name: field.name }));
  if (field.kind !== 'choice') return problems;
  if (field.options.length < 2)
    problems.push(problem('noOptions', at('/options'), `"${field.name}" has nothing to choose from.`, { name: field.name }));
  for (const [index, option] of field.options.entries()) {
    const place = at(`/options/${option.value}`);
    problems.push(...missingWords(option.label, place, false), ...missingWords(option.note, place, true));
    if (field.options.findIndex(({ value }) => value === option.value) < index)
      problems.push(problem('optionTwice', place, `Two options are called "${option.value}".`, { name: option.value }));
  }
  return problems;
}

function problemsOfExits({ steps }: Guide, { outcomes }: GuideHouse): readonly GuideProblem[] {
  const ids = new Set(steps.map(({ id }) => id));
  return steps.flatMap(({ id: stepId, exits }) =>
    exits.flatMap(({ when, to, outcome }, index): GuideProblem[] => {
      const place = { stepId, field: `exits/${index}` };
      const isLast = index === exits.length - 1;
      return [
        ...(to !== null && !ids.has(to) ? [problem('unknownStep', place, `There is no step "${to}".`, { step: to })] : []),
        ...(isLast && when.length > 0
          ? [problem('noWayOn', place, 'The last way on has conditions: where none holds, nobody goes on.')]
          : []),
        ...(!isLast && when.length === 0
          ? [warning('neverTaken', place, 'This way always holds: what stands below it is never taken.')]
          : []),
        ...(outcome !== null && !outcomes.has(outcome)
          ? [problem('unknownOutcome', place, `There is no outcome "${outcome}" that can be chosen.`, { outcome })]
          : []),
      ];
    }),
  );
}

/** Steps that nobody comes to, steps from which nobody comes to the end, and circles in which nothing is asked. */
function problemsOfWays({ steps }: Guide): readonly GuideProblem[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const reached = new Set<string>();
  const open = steps.slice(0, 1);
  for (let step = open.pop(); step; step = open.pop()) {
    if (reached.has(step.id)) continue;
    reached.add(step.id);
    for (const { to } of step.exits) {
      const next = to === null ? undefined : byId.get(to);
      if (next) open.push(next);
    }
  }
  const ending = new Set<string>();
  for (let before = -1; before < ending.size; ) {
    before = ending.size;
    for (const { id, exits } of steps) if (exits.some(({ to }) => to === null || ending.has(to))) ending.add(id);
  }
  const places = (found: readonly GuideStep[]) => found.map(({ id }) => ({ stepId: id, field: null }));
  return [
    ...places(steps.filter(({ id }) => !reached.has(id))).map((place) => warning('unreachable', place, 'Nothing leads to this step.')),
    ...places(steps.filter(({ id }) => !ending.has(id))).map((place) =>
      problem('neverEnds', place, 'From this step nobody comes to the end.'),
    ),
    ...places(circlesWithoutAnswer(steps, byId)).map((place) =>
      problem('circle', place, 'From this step one comes back to it without having been asked anything.'),
    ),
  ];
}

/** One may go round there for ever, and nothing one says changes it. Each circle is told at the first of its steps. */
function circlesWithoutAnswer(steps: readonly GuideStep[], byId: ReadonlyMap<string, GuideStep>): readonly GuideStep[] {
  const isSilent = ({ fields }: GuideStep) => fields.length === 0;
  const told = new Set<string>();
  return steps.filter(isSilent).filter((start) => {
    const seen = new Set<string>();
    const open = [start];
    for (let step = open.pop(); step; step = open.pop()) {
      for (const { to } of step.exits) {
        const next = to === null ? undefined : byId.get(to);
        if (!next || !isSilent(next) || seen.has(next.id)) continue;
        seen.add(next.id);
        open.push(next);
      }
    }
    if (!seen.has(start.id) || told.has(start.id)) return false;
    for (const id of seen) told.add(id);
    return true;
  });
}

/** What a contact may bring along; `answer` is looked at more closely. */
const knownKinds: ReadonlySet<string> = new Set([
  'call',
  'contact',
  'customer',
  'case',
  'agent',
  'entered',
  'attribute',
  'lookUp',
  'passed',
]);

function problemsOfFacts(guide: Guide): readonly GuideProblem[] {
  const fields = new Map(guide.steps.flatMap((step) => step.fields.map((field) => [field.name, field] as const)));
  const judged = (place: Place, fact: string): readonly GuideProblem[] => {
    const [kind = '', name = ''] = fact.split('.');
    if (kind === 'answer') return fields.has(name) ? [] : [problem('unknownAnswer', place, `No field is called "${name}".`, { name })];
    return knownKinds.has(kind) ? [] : [warning('unknownFact', place, `Nothing is ever known as "${fact}".`, { fact })];
  };
  const ofConditions = (place: Place, when: readonly Condition[]) =>
    when.flatMap((condition) => [...judged(place, condition.fact), ...problemsOfRule(place, condition, fields)]);
  const ofWords = (place: Place, text: Words) =>
    [...new Set([...factsIn(text.en), ...factsIn(text.zh)])].flatMap((fact) => judged(place, fact));
  return [
    ...guide.opens.flatMap(({ when }, index) => ofConditions({ stepId: null, field: `opens/${index}` }, when)),
    ...ofWords({ stepId: null, field: 'case/subject' }, guide.case.subject),
    ...guide.followUps.flatMap(({ text, when }, index) => {
      const place = { stepId: null, field: `followUps/${index}` };
      return [...ofWords(place, text), ...ofConditions(place, when)];
    }),
    ...guide.steps.flatMap((step) => [
      ...ofWords({ stepId: step.id, field: 'say' }, step.say),
      ...step.fields.flatMap((field) =>
        [field.label, ...field.options.map(({ label }) => label)].flatMap((text) =>
          ofWords({ stepId: step.id, field: `fields/${field.name}` }, text),
        ),
      ),
      ...step.exits.flatMap(({ when }, index) => ofConditions({ stepId: step.id, field: `exits/${index}` }, when)),
    ]),
  ];
}

/** A condition that compares a choice with what it does not offer never holds. */
function problemsOfRule(place: Place, { fact, is, value }: Condition, fields: ReadonlyMap<string, GuideField>): readonly GuideProblem[] {
  const isKnowing = is === 'known' || is === 'unknown';
  if (!isKnowing && value.trim() === '') return [problem('badRule', place, `Nothing stands to compare ${fact} with.`, { fact, value })];
  const field = fact.startsWith('answer.') ? fields.get(fact.slice('answer.'.length)) : undefined;
  if (field?.kind !== 'choice' || (is !== 'equals' && is !== 'differs')) return [];
  const unknown = value
    .split(',')
    .map((each) => each.trim())
    .find((each) => each !== '' && !field.options.some((option) => option.value === each));
  return unknown === undefined ? [] : [problem('badRule', place, `"${field.name}" does not offer "${unknown}".`, { fact, value: unknown })];
}

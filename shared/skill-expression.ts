/**
 * Skill expressions: whom a queue asks for, in words an administrator can read and type.
 *
 *     expression = all { "or" all }          french >= 4 and billing >= 5
 *     all        = part { "and" part }       (german or dutch >= 3) and technical
 *     part       = "(" expression ")" | skill [ comparison level ]
 *     comparison = ">=" | ">" | "="          a skill by itself asks for level 1 or more
 *     level      = 1 .. 10
 *
 * `and` binds closer than `or`. An empty text asks for nothing and everybody meets it. Parsing is one pass over the text, and nesting is
 * bounded, so no text is slow or deep.
 */
export type SkillExpression =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'skill'; readonly skill: string; readonly comparison: '>=' | '>' | '='; readonly level: number }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly SkillExpression[] };

export interface SkillExpressionProblem {
  /** Index into the text, from 0. */
  readonly at: number;
  readonly found: string;
  readonly expected: string;
}

type Parsed =
  | { readonly ok: true; readonly expression: SkillExpression }
  | { readonly ok: false; readonly problem: SkillExpressionProblem };

const deepest = 20;
const token = /\s*(>=|>|=|\(|\)|[A-Za-z][A-Za-z0-9_]*|\d+|\S)/y;

class Mistake extends Error {
  readonly problem: SkillExpressionProblem;
  constructor(problem: SkillExpressionProblem) {
    super(problem.expected);
    this.problem = problem;
  }
}

interface Token {
  readonly text: string;
  readonly at: number;
}

export function parseSkillExpression(text: string): Parsed {
  const tokens = tokensOf(text);
  let next = 0;
  if (tokens.length === 0) return { ok: true, expression: { kind: 'anybody' } };

  const peek = () => tokens[next]?.text;
  const fail = (expected: string): never => {
    const found = tokens[next];
    throw new Mistake({ at: found?.at ?? text.length, found: found ? `"${found.text}"` : 'the end of the text', expected });
  };
  const chain = (kind: 'all' | 'any', word: 'and' | 'or', part: () => SkillExpression): SkillExpression => {
    const first = part();
    const parts = [first];
    while (peek()?.toLowerCase() === word) {
      next++;
      parts.push(part());
    }
    return parts.length === 1 ? first : { kind, parts };
  };
  const any = (depth: number): SkillExpression => chain('any', 'or', () => chain('all', 'and', () => part(depth)));
  const part = (depth: number): SkillExpression => {
    const found = peek();
    if (found === '(') {
      if (depth >= deepest) fail(`at most ${deepest} brackets inside each other`);
      next++;
      const inner = any(depth + 1);
      if (peek() !== ')') fail('a closing bracket ")", "and" or "or"');
      next++;
      return inner;
    }
    if (found === undefined || !/^[A-Za-z]/.test(found) || isWord(found)) fail('a skill such as "billing", or an opening bracket "("');
    const skill = found as string;
    next++;
    const comparison = peek();
    if (comparison !== '>=' && comparison !== '>' && comparison !== '=') return { kind: 'skill', skill, comparison: '>=', level: 1 };
    next++;
    const level = Number(peek());
    if (!Number.isInteger(level) || level < 1 || level > 10) fail('a level from 1 to 10');
    next++;
    return { kind: 'skill', skill, comparison, level };
  };

  try {
    const expression = any(0);
    if (next < tokens.length) fail('"and", "or" or the end of the text');
    return { ok: true, expression };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Says whether somebody with these skills is asked for. A skill they do not have is level 0. */
export function meets(expression: SkillExpression, skills: Readonly<Record<string, number>>): boolean {
  switch (expression.kind) {
    case 'anybody':
      return true;
    case 'skill': {
      const level = levelOf(skills, expression.skill);
      if (expression.comparison === '>=') return level >= expression.level;
      return expression.comparison === '>' ? level > expression.level : level === expression.level;
    }
    case 'all':
      return expression.parts.every((part) => meets(part, skills));
    case 'any':
      return expression.parts.some((part) => meets(part, skills));
  }
}

/** Every skill the expression names, once, in the order of the text. */
export function skillsOf(expression: SkillExpression): readonly string[] {
  if (expression.kind === 'anybody') return [];
  if (expression.kind === 'skill') return [expression.skill];
  return [...new Set(expression.parts.flatMap(skillsOf))];
}

/** The expression as text again, in its usual form. */
export function skillExpressionText(expression: SkillExpression): string {
  if (expression.kind === 'anybody') return '';
  if (expression.kind === 'skill') return `${expression.skill} ${expression.comparison} ${expression.level}`;
  const word = expression.kind === 'all' ? ' and ' : ' or ';
  return expression.parts
    .map((part) => {
      const needsBrackets = (part.kind === 'any' && expression.kind === 'all') || part.kind === expression.kind;
      return needsBrackets ? `(${skillExpressionText(part)})` : skillExpressionText(part);
    })
    .join(word);
}

/** The level of a skill; 0 for one they do not have. */
export function levelOf(skills: Readonly<Record<string, number>>, skill: string): number {
  return Object.hasOwn(skills, skill) ? (skills[skill] ?? 0) : 0;
}

function isWord(text: string): boolean {
  const lower = text.toLowerCase();
  return lower === 'and' || lower === 'or';
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const word = found[1] ?? '';
    tokens.push({ text: word, at: token.lastIndex - word.length });
  }
  return tokens;
}

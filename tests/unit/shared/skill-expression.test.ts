import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets, parseSkillExpression, type SkillExpression, skillExpressionText, skillsOf } from '../../../shared/skill-expression.ts';

const read = (text: string): SkillExpression => {
  const parsed = parseSkillExpression(text);
  if (!parsed.ok) throw new Error(`${text}: expected ${parsed.problem.expected}`);
  return parsed.expression;
};

describe('skill expressions', () => {
  it.each([
    ['french >= 4 and billing >= 5', { french: 4, billing: 5 }, true],
    ['french >= 4 and billing >= 5', { french: 4, billing: 4 }, false],
    ['french', { french: 1 }, true],
    ['french', {}, false],
    ['french > 4', { french: 4 }, false],
    ['french = 4', { french: 5 }, false],
    ['german or dutch and technical', { german: 1 }, true],
    ['(german or dutch) and technical', { german: 1 }, false],
    ['german AND technical', { german: 1, technical: 2 }, true],
    ['', {}, true],
    ['toString', {}, false],
  ])('"%s" with %j: %s', (text, skills, isMet) => expect(meets(read(text), skills)).toBe(isMet));

  it.each([
    ['french >=', 9, 'the end of the text', 'a level from 1 to 10'],
    ['french >= 11', 10, '"11"', 'a level from 1 to 10'],
    ['french billing', 7, '"billing"', '"and", "or" or the end of the text'],
    ['and billing', 0, '"and"', 'a skill such as "billing", or an opening bracket "("'],
    ['(french', 7, 'the end of the text', 'a closing bracket ")", "and" or "or"'],
    ['french & billing', 7, '"&"', '"and", "or" or the end of the text'],
    ['french >= 4 or', 14, 'the end of the text', 'a skill such as "billing", or an opening bracket "("'],
  ])('says what is wrong with "%s"', (text, at, found, expected) =>
    expect(parseSkillExpression(text)).toEqual({ ok: false, problem: { at, found, expected } }),
  );

  it('names each skill once', () => expect(skillsOf(read('a and (b or a >= 3)'))).toEqual(['a', 'b']));

  const leaf = fc.record({
    kind: fc.constant('skill' as const),
    skill: fc.constantFrom('a', 'b', 'c'),
    comparison: fc.constantFrom('>=' as const, '>' as const, '=' as const),
    level: fc.integer({ min: 1, max: 10 }),
  });
  const expression = fc.letrec<{ tree: SkillExpression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }) }),
    ),
  })).tree;

  it('means the same after being written and read again', () => {
    void fc.assert(
      fc.property(expression, (tree) => {
        expect(read(skillExpressionText(tree))).toEqual(tree);
      }),
    );
  });

  it('answers any text at once, with an expression or a problem inside it', () => {
    void fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        const parsed = parseSkillExpression(text);
        if (!parsed.ok) expect(parsed.problem.at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url));

/** Every control in a source that performs an action without giving the key of the same action, which its tip is made of. */
function keyless(path: string, source: string): readonly string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  /** `const { perform } = actions[id]` somewhere in the file: there `perform` alone is that of an action. */
  const takesOut = /\{[^{}]*\bperform\b[^{}]*\} = actions\b/.test(source);
  const visit = (node: ts.Node) => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      const { attributes } = node;
      const rest = attributes.properties.filter((each) => !isDeed(each)).map((each) => each.getText());
      for (const action of attributes.properties.filter(isDeed).flatMap(performed)) {
        if (action === '' && !takesOut) continue;
        const key = action === '' ? /\bshortcut\b/ : `${action}.shortcut`;
        const isGiven = rest.some((each) => (typeof key === 'string' ? each.includes(key) : key.test(each)));
        if (!isGiven) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${action || 'perform'}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isDeed = (attribute: ts.JsxAttributeLike) => ts.isJsxAttribute(attribute) && /^on(Click|Choose)$/.test(attribute.name.getText());

/** The actions whose `perform` it is or calls, as they are written: `open`, `actions['app.keys']`; empty for one taken out of its action. */
function performed(attribute: ts.JsxAttributeLike): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'perform') found.push(node.expression.getText());
    else if (ts.isJsxExpression(node) && node.expression && ts.isIdentifier(node.expression) && node.expression.text === 'perform')
      found.push('');
    ts.forEachChild(node, visit);
  };
  visit(attribute);
  return found;
}

describe('a control that performs an action', () => {
  it('has the key of that action, and so shows it in its tip', () => {
    const paths = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.tsx') && !/Gallery/.test(path),
    );
    expect(paths.flatMap((path) => keyless(path, readFileSync(join(renderer, path), 'utf8')))).toEqual([]);
  });

  it('is found out where it forgets the key, or has that of another', () => {
    const forgets = `<p><Button onClick={send.perform}>Send</Button><b onClick={() => { done(); all['a.b'].perform(); }} /></p>`;
    expect(keyless('a.tsx', forgets)).toEqual(['a.tsx:1 send', "a.tsx:1 all['a.b']"]);
    expect(keyless('a.tsx', '<Button shortcut={end.shortcut} onClick={send.perform} />')).toEqual(['a.tsx:1 send']);
    const taken = (key: string) => `const { perform, shortcut } = actions[id]; <i {...tipOf(label, ${key})} onClick={perform} />`;
    expect([keyless('a.tsx', taken('null')), keyless('a.tsx', taken('shortcut'))]).toEqual([['a.tsx:1 perform'], []]);
    expect(keyless('a.tsx', '<Button shortcut={send.shortcut} onClick={send.perform} />')).toEqual([]);
  });
});

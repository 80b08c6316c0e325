import { escapeHtml } from './escape-html.ts';
import type { OpenApi } from './open-api.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly maxLength?: number;
  readonly $ref?: string;
}

interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** The description as a page: no script, nothing from elsewhere, folded by what the browser itself can fold. */
export function docsPage({ info, tags, paths, components }: OpenApi): string {
  const bulk = paths['/tmf-api/bulk'] as unknown as Readonly<Record<string, Operation>>;
  const sections = tags.map(({ name, description }) => {
    const own = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, operation]) => (operation.tags as readonly string[] | undefined)?.includes(name))
        .map(([method, operation]) => operationText(method, path, operation as unknown as Operation)),
    );
    return `<section id="${name}"><h2>${name}</h2><p>${inline(description)}</p>
<details><summary>Fields</summary>${fields(components.schemas[name] as Schema)}</details>
${own.join('\n')}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(info.title)}</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><nav><strong>Crosspoint</strong>${tags.map(({ name }) => `<a href="#${name}">${name}</a>`).join('')}<a href="#bulk">Bulk</a>
<a href="/docs/openapi.json">openapi.json</a></nav>
<main><h1>${escapeHtml(info.title)}</h1>
${info.description
  .split('\n\n')
  .map((paragraph) => `<p>${inline(paragraph)}</p>`)
  .join('\n')}
<pre>curl -H "authorization: Bearer $SECRET" -H "content-type: application/json" \\
  http://127.0.0.1:8600/tmf-api/party/v4/individual -d '{
    "externalId": "CUST-1", "fullName": "Margaret Chen",
    "contactMedium": [{"mediumType": "mobile", "characteristic": {"phoneNumber": "+447700900126"}}]}'</pre>
${sections.join('\n')}
<section id="bulk"><h2>Bulk</h2>${Object.entries(bulk)
    .map(([method, operation]) => operationText(method, '/tmf-api/bulk', operation))
    .join('')}</section>
</main></body></html>
`;
}

function operationText(method: string, path: string, { summary, description, parameters = [], responses }: Operation): string {
  const rows = [
    ...parameters.map((each) => [each.in === 'path' ? `{${each.name}}` : `?${each.name}`, each.description] as const),
    ...Object.entries(responses).map(([status, each]) => [status, each.description] as const),
  ];
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>
${description ? `<p>${inline(description)}</p>` : ''}<table>${rows.map(([name, words]) => `<tr><td><code>${escapeHtml(name)}</code></td><td>${inline(words)}</td></tr>`).join('')}</table></details>`;
}

function fields(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, inner]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    return `<tr><td><code>${escapeHtml(name)}</code>${isRequired ? ' <em>required</em>' : ''}</td><td>${kindOf(inner)}</td></tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function kindOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `<code>${escapeHtml(String(value))}</code>`).join(', ');
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ');
  if (schema.items) return `list of ${schema.items.properties ? fields(schema.items) : kindOf(schema.items)}`;
  if (schema.properties) return fields(schema);
  return escapeHtml(`${String(schema.type ?? 'anything')}${schema.maxLength ? `, at most ${schema.maxLength} characters` : ''}`);
}

/** Words between backquotes are code. */
function inline(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

export const docsStyle = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent)}
body{margin:0;font:15px/1.55 system-ui,sans-serif;display:grid;grid-template-columns:200px minmax(0,1fr)}
nav{position:sticky;top:0;align-self:start;height:100vh;box-sizing:border-box;padding:24px 16px;border-right:1px solid var(--line);display:flex;flex-direction:column;gap:8px}
nav a{color:inherit;text-decoration:none}nav a:hover,nav a:focus-visible{text-decoration:underline}
main{padding:24px 40px 80px;max-width:960px}h1{font-size:26px}h2{font-size:19px;margin:40px 0 4px}
details{border:1px solid var(--line);border-radius:6px;padding:8px 12px;margin:8px 0}summary{cursor:pointer}
table{border-collapse:collapse;width:100%;margin:8px 0}td{border-top:1px solid var(--line);padding:4px 8px 4px 0;vertical-align:top}td:first-child{width:30%}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:12px;border:1px solid var(--line);border-radius:6px}
b{display:inline-block;min-width:52px}em{color:#b45309;font-style:normal;font-size:12px}
@media(max-width:720px){body{display:block}nav{position:static;height:auto;border:0}main{padding:16px}}
`;

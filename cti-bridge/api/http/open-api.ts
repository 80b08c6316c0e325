import * as z from 'zod/mini';
import { type TmfType, tmfPath, tmfResources, tmfTypes } from '../../../shared/contracts/tmf/index.ts';
import { bulkLimits, listLimits } from './exchange.ts';

type Json = Readonly<Record<string, unknown>>;
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
}

/** What each resource becomes in the record. */
const meanings: Readonly<Record<TmfType, string>> = {
  Individual:
    'A person. `contactMedium` are their numbers, e-mail and postal addresses. Characteristics we keep: position, tier (standard, silver, gold, diamond), segment, stage (prospect, new, growing, mature, declining, lost), orgUnit, preferredChannel, allowsRecording, allowsCallOffers, allowsSmsOffers, allowsEmailOffers. `relatedParty` names the companies they belong to, the role is what they are there.',
  Organization:
    'A company, or a household (organizationType `household`). `organizationParentRelationship` puts it below another one. Characteristics: industry, tier, segment, stage, orgUnit.',
  Customer:
    'What a person or a company is to us. Its `externalId` is the customer number: people find them by it, and callers can enter it. Characteristics: tier, segment, stage, orgUnit.',
  Product: 'A product, line or plan. Characteristics: lineNumber, warrantyEnd, quantity, unused, installedUnused.',
  Agreement: 'A contract. Characteristics: serviceLevel, responseHours, resolutionHours; from these the deadlines of cases follow.',
  TroubleTicket:
    'A case of a person, with its own number and deadlines here. `note` are its steps; one that is known by its id is not added twice.',
  CustomerBill: 'A bill. When less remains than before, the difference becomes a payment.',
  Usage: 'One use, or the sum of a month. All of one month and usageType are added up for the record.',
  PartyInteraction: 'A contact that happened elsewhere (a shop, another center): a line of the timeline.',
};

const bearer = [{ bearer: [] }];
const json = (schema: Json) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, schema?: Json) => (schema ? { description, content: json(schema) } : { description });

const refusals = {
  '400': answer('It does not fit its schema. Every problem is named.', ref('Error')),
  '401': answer('No bearer, or a wrong one. Ten wrong ones from an address, and it is refused for a while (429).', ref('Error')),
  '403': answer('The role of this system lacks the right record:exchange.', ref('Error')),
  '404': answer('There is none of this id among those that this system may see.', ref('Error')),
  '409': answer('It contradicts what is stored, or is older than it.', ref('Error')),
  '503': answer('The store does not answer now. Nothing was stored; send it again.', ref('Error')),
} as const;

function refused(...statuses: readonly (keyof typeof refusals)[]) {
  return Object.fromEntries(statuses.map((status) => [status, refusals[status]]));
}

const parameter = (name: string, description: string, schema: Json = { type: 'string' }) => ({ name, in: 'query', description, schema });
const idParameter = { name: 'id', in: 'path', required: true, description: 'The id that we gave it.', schema: { type: 'string' } };

/** The description of the API, made of the very schemas by which everything that comes in is judged. */
export function openApi(): OpenApi {
  const schemas = Object.fromEntries(tmfTypes.map((type) => [type, schemaOf(type)]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Crosspoint: data of other systems',
      version: '4',
      description: [
        'Production data of a telecom (people, companies, products, contracts, cases, bills, usage, contacts) in the shapes of the TM Forum Open APIs v4.',
        'Authentication: `authorization: Bearer SECRET`. The administrator sets a system up under Administration, Other systems, with its role and office; the bearer of a log-in whose role has the right record:exchange does as well.',
        'Ids: what you send carries your `externalId`. The same one again, from the same system, is a change of the same resource, so everything may be sent twice. References (`relatedParty`, `engagedParty`) take your ids or ours.',
        'Time: `lastUpdate` is kept beside every value as its provenance. What is older than what you told before is refused (409), so messages may overtake each other.',
        'A system sees and changes the customers of its office and those below, and those that belong to none.',
        'What is answered with 2xx is on disk.',
      ].join('\n\n'),
    },
    tags: tmfTypes.map((type) => ({ name: type, description: `TMF${tmfResources[type].tmf}. ${meanings[type]}` })),
    paths: { ...Object.assign({}, ...tmfTypes.map(pathsOf)), '/tmf-api/bulk': bulkPath() },
    components: {
      schemas: {
        ...schemas,
        Error: {
          type: 'object',
          required: ['code', 'reason', 'message', 'status'],
          properties: { code: { type: 'string' }, reason: { type: 'string' }, message: { type: 'string' }, status: { type: 'string' } },
        },
        BulkAnswer: bulkAnswer,
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The secret of the system, or the token of a log-in.' } },
    },
  };
}

function schemaOf(type: TmfType): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(tmfResources[type].schema, { io: 'input', unrepresentable: 'any' });
  // What is not named here is let by, and not kept.
  return { ...schema, additionalProperties: true, description: meanings[type] };
}

function pathsOf(type: TmfType): OpenApi['paths'] {
  const path = tmfPath(type);
  const common = { tags: [type], security: bearer };
  const body = { required: true, content: json(ref(type)) };
  return {
    [path]: {
      post: {
        ...common,
        summary: 'Create one, or change the one with the same externalId',
        requestBody: body,
        responses: {
          '201': answer('Created.', ref(type)),
          '200': answer('It was there already, and is as you sent it now.', ref(type)),
          ...refused('400', '401', '403', '404', '409', '503'),
        },
      },
      get: {
        ...common,
        summary: 'List them',
        parameters: [
          parameter('offset', 'How many to leave out.', { type: 'integer', minimum: 0, default: 0 }),
          parameter('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: listLimits.most, default: listLimits.usual }),
          parameter('fields', 'Names of the fields wanted, separated by commas.'),
          parameter('externalId', 'Only the one with this id of yours.'),
          parameter('relatedParty.id', 'Only those of this person or company (engagedParty.id means the same).'),
        ],
        responses: {
          '200': {
            ...answer('A page of them.', { type: 'array', items: ref(type) }),
            headers: { 'X-Total-Count': { description: 'How many there are in all.', schema: { type: 'integer' } } },
          },
          ...refused('400', '401', '403', '503'),
        },
      },
    },
    [`${path}/{id}`]: {
      get: {
        ...common,
        summary: 'Read one',
        parameters: [idParameter, parameter('fields', 'Names of the fields wanted, separated by commas.')],
        responses: { '200': answer('As it is now.', ref(type)), ...refused('401', '403', '404', '503') },
      },
      patch: {
        ...common,
        summary: 'Change some fields of one',
        parameters: [idParameter],
        requestBody: {
          required: true,
          content: { 'application/merge-patch+json': { schema: { type: 'object' } }, ...json({ type: 'object' }) },
        },
        responses: { '200': answer('As it is now.', ref(type)), ...refused('400', '401', '403', '404', '409', '503') },
      },
    },
  };
}

function bulkPath() {
  return {
    post: {
      summary: 'Many resources of any kind, one a line',
      description: `Each line is the JSON of one resource with its @type. At most ${bulkLimits.lines} lines and ${bulkLimits.bytes / 1024 / 1024} MB. A line that is refused costs the others nothing. Put people and companies before what belongs to them.`,
      security: bearer,
      requestBody: { required: true, content: { 'application/x-ndjson': { schema: { type: 'string' } } } },
      responses: { '200': answer('What became of each line.', ref('BulkAnswer')), ...refused('400', '401', '403', '503') },
    },
  };
}

const nullableText = { type: ['string', 'null'] };
const bulkAnswer: Json = {
  type: 'object',
  required: ['taken', 'refused', 'lines'],
  properties: {
    taken: { type: 'integer' },
    refused: { type: 'integer' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          line: { type: 'integer' },
          type: nullableText,
          externalId: nullableText,
          id: nullableText,
          outcome: { enum: ['created', 'updated', 'refused'] },
          message: nullableText,
        },
      },
    },
  },
};

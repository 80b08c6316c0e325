import { z } from 'zod';

/**
 * Every setting of the bridge, in one place. The description of a leaf is the plain-words answer to "what is expected here"; the loader
 * shows it when a value does not fit. Defaults are `config/defaults.ts`; `config/example.jsonc` shows all settings with their meaning.
 */
const port = z.int().min(0).max(65_535).describe('a port number from 0 to 65535 (0 takes any free port)');
const host = z
  .string()
  .regex(/^[0-9A-Za-z.:_-]{1,253}$/)
  .describe('an IP address or a host name, such as 127.0.0.1');
const amount = (least: number, most: number, of: string) =>
  z.int().min(least).max(most).describe(`a whole number of ${of} from ${least} to ${most}`);
const file = z.string().trim().min(1).max(4_096).describe('the path of a file');
const folder = z.string().trim().min(1).max(4_096).describe('the path of a folder');
const origin = z
  .string()
  .regex(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]+$/)
  .describe('a list of origins such as https://desk.example.com (scheme and host, no path)');

/** RFC 7065, with a port where it is not the usual one. */
const turnUrl = z
  .string()
  .regex(/^turns?:([0-9A-Za-z.-]{1,253}|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$/)
  .describe('the address of a TURN server, such as turn:turn.example.com:3478 or turns:turn.example.com:5349?transport=tcp');

export const configSchema = z.strictObject({
  /** One certificate for HTTPS, socket.io, SIP over WSS and SIP over TLS; null: none of them is secured by us. */
  tls: z
    .nullable(z.strictObject({ certificateFile: file, keyFile: file }))
    .describe('null, or an object with certificateFile and keyFile, the paths of two PEM files'),
  http: z.strictObject({
    host,
    port,
    /** Names under which desktops reach this bridge, besides the listening address. The Host header of every request must be one. */
    names: z
      .array(z.string().regex(/^[0-9A-Za-z.-]+(:\d{1,5})?$/))
      .describe('a list of host names, each with its port unless that is 80 or 443, such as desk.example.com'),
  }),
  /** Origins besides our own whose pages may speak to the bridge. */
  allowedOrigins: z.array(origin).describe('a list of origins such as https://desk.example.com (scheme and host, no path)'),
  sip: z.strictObject({
    host,
    port,
    /** Beside UDP and TCP on the address above. */
    listeners: z
      .array(z.strictObject({ transport: z.enum(['UDP', 'TCP', 'TLS']), host: z.union([z.ipv4(), z.ipv6()]), port }))
      .describe('a list of objects, each with transport (UDP, TCP or TLS), host (an IP address) and port'),
    advertised: z
      .nullable(
        z.strictObject({
          host,
          host6: z.ipv6().optional(),
          port: z.int().min(1).max(65_535),
          tlsPort: z.int().min(1).max(65_535).optional(),
        }),
      )
      .describe('null, or an object with host and port at which others reach us; with host6 and tlsPort where needed'),
    domain: z
      .string()
      .regex(/^[0-9A-Za-z.-]{1,253}$/)
      .describe('a domain name, such as crosspoint.invalid'),
    trunks: z
      .array(
        z.strictObject({
          trunkId: z
            .string()
            .regex(/^[0-9A-Za-z_-]{1,64}$/)
            .describe('a short name of letters, digits, - and _'),
          sources: z
            .array(z.union([z.ipv4(), z.ipv6()]))
            .min(1)
            .describe('a list of at least one IP address'),
        }),
      )
      .describe('a list of trunks, each with trunkId and sources'),
    edges: z.array(z.union([z.ipv4(), z.ipv6()])).describe('a list of IP addresses of your own SIP proxies'),
    inviteRateLimit: amount(1, 100_000, 'calls a second'),
  }),
  media: z.strictObject({
    host,
    /** Written into SDP and ICE candidates in place of `host` (1:1 NAT). */
    advertisedHost: host.nullable().describe('null, or the IP address at which others reach our sound'),
    portRange: z
      .tuple([z.int().min(1_024).max(65_535), z.int().min(1_024).max(65_535)])
      .describe('two port numbers from 1024 to 65535, lowest first'),
    workers: amount(1, 64, 'worker processes'),
    callsPerWorker: amount(1, 10_000, 'calls'),
    rtpTimeoutMs: amount(1_000, 600_000, 'milliseconds'),
  }),
  /** The relay that desktops behind strict networks (agents at home) reach our sound through; null: they reach it themselves. */
  turn: z
    .nullable(
      z.strictObject({
        urls: z.array(turnUrl).min(1).max(4),
        /** Shared with the relay: each desktop gets a password made from it that ends by itself. */
        secret: z.union([z.strictObject({ env: z.string().regex(/^(?!CROSSPOINT_)[A-Z][A-Z0-9_]*$/) }), z.strictObject({ file })]),
        /** How long such a password opens the relay. */
        lifeSeconds: z.int().min(600).max(86_400),
        /** Desktops use no other way, even where they could. */
        relayOnly: z.boolean(),
      }),
    )
    .describe(
      'null, or an object with urls (turn: or turns:), secret ({ "env": NAME } or { "file": PATH }), lifeSeconds (600 to 86400) and relayOnly (true or false)',
    ),
  data: z.strictObject({ folder }),
  /** Where other systems put files of production data; null: `inbox` in the data folder. */
  intake: z.strictObject({ folder: folder.nullable() }),
  mail: z.strictObject({
    /** Where other mail servers bring mail for our mailboxes; null: mail comes only from the mailboxes that are read. */
    intake: z
      .nullable(z.strictObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }))
      .describe('null, or an object with host and port, such as { "host": "127.0.0.1", "port": 2525 }'),
  }),
  /** What call flows may do outside. */
  ivr: z.strictObject({
    lookups: z.strictObject({
      /** Systems inside the house that flows may ask; those on the internet need not be named. */
      allowedHosts: z
        .array(
          z
            .string()
            .regex(/^(?:[0-9A-Za-z_-][0-9A-Za-z._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/)
            .describe('a host, with its port unless that is 80 or 443'),
        )
        .describe('a list of hosts, each with its port unless that is 80 or 443, such as crm.example.com:8443 or 10.0.0.9'),
    }),
  }),
  /** What speaks the texts of prompts. */
  speech: z.strictObject({
    command: z
      .nullable(z.array(z.string().min(1).max(1_000)).min(1).max(30))
      .describe('null, or a list of a program and its arguments, such as ["/opt/voices/speak", "--language", "{language}"]'),
  }),
  renderer: z.strictObject({ folder }),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).describe('one of debug, info, warn, error, silent') }),
  /** Seed the demo organisation with its published passwords. Refused on anything but loopback. */
  demo: z.boolean().describe('true or false'),
});

type Frozen<Value> = Value extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;

export type Config = Frozen<Omit<z.infer<typeof configSchema>, 'media'>> & {
  readonly media: Frozen<Omit<z.infer<typeof configSchema>['media'], 'portRange'>> & { readonly portRange: readonly [number, number] };
};

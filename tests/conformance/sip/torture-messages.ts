/**
 * The test messages of RFC 4475, "SIP Torture Test Messages", and what this stack does with each. `answer` is the status sent back, `none`
 * where nothing may or can be sent. Calls that reach the flow are refused by it with 486, so 486 means: understood.
 */
export interface TortureMessage {
  readonly name: string;
  readonly section: string;
  readonly message: string | Buffer;
  readonly answer: number | 'none';
}

const wire = (text: string): string => text.replace(/^\n/, '').replace(/\n/g, '\r\n');

const sdp = `v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`;
const withSdp = `Content-Type: application/sdp
Content-Length: ${sdp.length + sdp.split('\n').length - 1}

${sdp}`;

const part = (text: string) => Buffer.from(wire(text), 'utf8');

export const tortureMessages: readonly TortureMessage[] = [
  {
    name: 'wsinv: a short tortuous INVITE',
    section: '3.1.1.1',
    answer: 481, // valid; its To tag names a dialog we do not have
    message: wire(`
INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : ${sdp.length + 8}
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

${sdp}`),
  },
  {
    name: 'intmeth: a wide range of valid characters',
    section: '3.1.1.2',
    answer: 501,
    message: wire(`
!interesting-Method0123456789_*+\`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
Via: SIP/2.0/UDP host1.example.com;rport;branch=z9hG4bK-.!%66*_+\`'~
To: "BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~\` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="работающий";tag=_token~1'+\`*%!-.
Call-ID: intmeth.word%ZK-!.*_+'@word\`~)(><:\\/"][?}{
CSeq: 139122385 !interesting-Method0123456789_*+\`.%indeed'~
Max-Forwards: 255
extensionHeader-!.%*+_\`'~:﻿大停電
Content-Length: 0

`),
  },
  {
    name: 'esc01: escapes in URIs mean what they say',
    section: '3.1.1.3',
    answer: 486,
    message: wire(`
INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP host5.example.net;rport;branch=z9hG4bKkdjuw
C: application/sdp
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
Content-Length: ${sdp.length + 8}

${sdp}`),
  },
  {
    name: 'escnull: escaped nulls in URIs',
    section: '3.1.1.4',
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
To: sip:null-%00-null@example.com
From: sip:null-%00-null@example.com;tag=839923423
Max-Forwards: 70
Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
CSeq: 14398234 REGISTER
Via: SIP/2.0/UDP host5.example.com;rport;branch=z9hG4bKkdjuw
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
L:0

`),
  },
  {
    name: 'esc02: a percent sign that is no escape',
    section: '3.1.1.5',
    answer: 501,
    message: wire(`
RE%47IST%45R sip:registrar.example.com SIP/2.0
To: "%Z%45" <sip:resource@example.com>
From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
Via: SIP/2.0/UDP host.example.com;rport;branch=z9hG4bK209%fzsnel234
CSeq: 29344 RE%47IST%45R
Max-Forwards: 70
Contact: <sip:alias1@host1.example.com>
C%6Fntact: <sip:alias2@host2.example.com>
Contact: <sip:alias3@host3.example.com>
l: 0

`),
  },
  {
    name: 'lwsdisp: no space between display name and <',
    section: '3.1.1.6',
    answer: 200,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;rport;branch=z9hG4bKkdjuw
l: 0

`),
  },
  {
    name: 'longreq: long values',
    section: '3.1.1.7',
    answer: 486,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
To: "I have a user name of ${'extreme'.repeat(20)} proportion"<sip:user@example.com:6000;unknownparam1=very${'long'.repeat(20)}value;longparam${'name'.repeat(20)}=shortvalue;very${'long'.repeat(20)}ParameterNameWithNoValue>
F: sip:${'amazinglylongcallername'.repeat(5)}@example.net;tag=12${'9824'.repeat(50)}424;unknownheaderparam${'name'.repeat(20)}=unknowheaderparam${'value'.repeat(15)};unknownValueless${'paramname'.repeat(10)}
Call-ID: longreq.one${'really'.repeat(20)}longcallid
CSeq: 3882340 INVITE
Unknown-${'Long'.repeat(20)}-Name: unknown-${'long'.repeat(20)}-value; unknown-${'long'.repeat(20)}-parameter-name = unknown-${'long'.repeat(20)}-parameter-value
Via: SIP/2.0/TCP sip33.example.com
v: SIP/2.0/TCP sip32.example.com
V: SIP/2.0/TCP sip31.example.com
Via: SIP/2.0/TCP sip30.example.com
Via: SIP/2.0/TCP sip${'29.'.repeat(20)}example.com
V: SIP/2.0/TCP host.example.com;received=192.0.2.5;branch=very${'long'.repeat(50)}branchvalue
Max-Forwards: 70
Contact: <sip:${'amazinglylongcallername'.repeat(5)}@host5.example.net>
${withSdp}`),
  },
  {
    name: 'dblreq: a second request behind the first in one datagram',
    section: '3.1.1.8',
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;rport;branch=z9hG4bKkdjuw23492
Content-Length: 0


INVITE sip:joe@example.com SIP/2.0
t: sip:joe@example.com
From: sip:caller@example.net;tag=141334
Max-Forwards: 8
Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;rport;branch=z9hG4bKkdjuw380234
${withSdp}`),
  },
  {
    name: 'semiuri: semicolon-separated parameters in the user part',
    section: '3.1.1.9',
    answer: 200,
    message: wire(`
OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
To: sip:j_user@example.com
From: sip:caller@example.org;tag=33242
Max-Forwards: 3
Call-ID: semiuri.0ha0isndaksdj
CSeq: 8 OPTIONS
Accept: application/sdp, application/pkcs7-mime,
        multipart/mixed, multipart/signed,
        message/sip, message/sipfrag
Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKkdjuw
l: 0

`),
  },
  {
    name: 'transports: varied and unknown transports in Via',
    section: '3.1.1.10',
    answer: 200,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: <sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID:  transports.kijh4akdnaqjkwendsasfdj
Accept: application/sdp
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP t1.example.com;rport;branch=z9hG4bKkdjuw
Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
l: 0

`),
  },
  {
    name: 'mpart01: a multipart MESSAGE with binary parts',
    section: '3.1.1.11',
    answer: 405,
    message: Buffer.concat([
      part(`
MESSAGE sip:kumiko@example.org SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-
Max-Forwards: 70
Route: <sip:127.0.0.1:5080>
From: <sip:fluffy@example.com>;tag=2fb0dcc9
To: <sip:kumiko@example.org>
Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..
CSeq: 1 MESSAGE
Content-Transfer-Encoding: binary
Content-Type: multipart/mixed;boundary=7a9cbec02ceef655
Date: Sat, 15 Oct 2005 04:44:56 GMT
User-Agent: SIPimp.org/0.2.5 (curses)

--7a9cbec02ceef655
Content-Type: text/plain
Content-Transfer-Encoding: binary

Hello
--7a9cbec02ceef655
Content-Type: application/octet-stream
Content-Transfer-Encoding: binary

`),
      Buffer.from([0x30, 0x82, 0x01, 0x52, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x00, 0xff, 0x0d, 0x0a, 0x0d, 0x0a]),
      part('\n--7a9cbec02ceef655--\n'),
    ]),
  },
  {
    name: 'unreason: an unusual reason phrase',
    section: '3.1.1.12',
    answer: 'none',
    message: wire(`
SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Contact: <sip:user@host198.example.com>
${withSdp}`),
  },
  {
    name: 'noreason: an empty reason phrase',
    section: '3.1.1.13',
    answer: 'none',
    message: wire(`
SIP/2.0 100 \nVia: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: noreason.asndj203insdf99223ndf
CSeq: 35 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

`),
  },
  {
    name: 'badinv01: extraneous separators; the way back is among what cannot be read',
    section: '3.1.2.1',
    answer: 'none',
    message: wire(`
INVITE sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=134161461246
Max-Forwards: 7
Call-ID: badinv01.0ha0isndaksdjasdf3234nas
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;;,;,,
Contact: "Joe" <sip:joe@example.org>;;;;
${withSdp}`),
  },
  {
    name: 'clerr: Content-Length larger than the message',
    section: '3.1.2.2',
    answer: 400,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
Max-Forwards: 80
To: sip:j.user@example.com
From: sip:caller@example.net;tag=93942939o2
Contact: <sip:caller@hungry.example.net>
Call-ID: clerr.0ha0isndaksdjweiafasdk3
CSeq: 8 INVITE
Via: SIP/2.0/UDP host5.example.com;rport;branch=z9hG4bK-39234-23523
Content-Type: application/sdp
Content-Length: 9999

${sdp}`),
  },
  {
    name: 'ncl: negative Content-Length',
    section: '3.1.2.3',
    answer: 400,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
Max-Forwards: 254
To: sip:j.user@example.com
From: sip:caller@example.net;tag=32394234
Call-ID: ncl.0ha0isndaksdj2193423r542w35
CSeq: 0 INVITE
Via: SIP/2.0/UDP 192.0.2.53;rport;branch=z9hG4bKkdjuw
Contact: <sip:caller@example53.example.net>
Content-Type: application/sdp
Content-Length: -999

${sdp}`),
  },
  {
    name: 'scalar02: request scalars that overflow',
    section: '3.1.2.4',
    answer: 400,
    message: wire(`
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/TCP host129.example.com;rport;branch=z9hG4bK342sdfoi3
To: <sip:user@example.com>
From: <sip:user@example.com>;tag=239232jh3
CSeq: 36893488147419103232 REGISTER
Call-ID: scalar02.23o0pd9vanlq3wnrlnewofjas9ui32
Max-Forwards: 300
Expires: 1${'0'.repeat(100)}
Contact: <sip:user@host129.example.com>
  ;expires=280297596632815
Content-Length: 0

`),
  },
  {
    name: 'scalarlg: response scalars that overflow',
    section: '3.1.2.5',
    answer: 'none',
    message: wire(`
SIP/2.0 503 Service Unavailable
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
To: <sip:user@example.com>
From: <sip:other@example.net>;tag=2easdjfejw
CSeq: 9292394834772304023312 OPTIONS
Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
Retry-After: 949302838503028349304023988
Warning: 1812 overture "In Progress"
Content-Length: 0

`),
  },
  {
    name: 'quotbal: unterminated quoted string',
    section: '3.1.2.6',
    answer: 400,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
To: "Mr. J. User <sip:j.user@example.com>
From: sip:caller@example.net;tag=93334
Max-Forwards: 10
Call-ID: quotbal.aksdj
Contact: <sip:caller@host59.example.net>
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.59:5050;rport;branch=z9hG4bKkdjuw39234
${withSdp}`),
  },
  ...[
    ['ltgtruri: <> around the Request-URI', '3.1.2.7', 'INVITE <sip:user@example.com> SIP/2.0'],
    ['lwsruri: white space inside the Request-URI', '3.1.2.8', 'INVITE sip:user@example.com; lr SIP/2.0'],
    ['lwsstart: several spaces in the start line', '3.1.2.9', 'INVITE  sip:user@example.com  SIP/2.0'],
    ['trws: spaces at the end of the start line', '3.1.2.10', 'INVITE sip:remote-target@example.com SIP/2.0  '],
    ['escruri: headers in the Request-URI', '3.1.2.11', 'INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0'],
  ].map(([name = '', section = '', startLine = '']) => ({
    name,
    section,
    answer: 400,
    message: wire(`${startLine}
To: sip:user@example.com
From: sip:caller@example.net;tag=39291
Max-Forwards: 23
Call-ID: ${section}.1@192.0.2.5
CSeq: 1 INVITE
Via: SIP/2.0/UDP 192.0.2.5;rport;branch=z9hG4bK${section}
Contact: <sip:caller@host5.example.net>
${withSdp}`),
  })),
  {
    name: 'baddate: a Date that is not in GMT does not matter to us',
    section: '3.1.2.12',
    answer: 486,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=2234923
Max-Forwards: 70
Call-ID: baddate.239423mnsadf3j23lj42--sedfnm234
CSeq: 1392934 INVITE
Via: SIP/2.0/UDP host.example.com;rport;branch=z9hG4bKkdjuw
Date: Fri, 01 Jan 2010 16:00:00 EST
Contact: <sip:caller@host5.example.net>
${withSdp}`),
  },
  {
    name: 'regbadct: a Contact that needs <>; strangers are asked for their password first',
    section: '3.1.2.13',
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=998332
Max-Forwards: 70
Call-ID: regbadct.k345asrl3fdbv@10.0.0.1
CSeq: 1 REGISTER
Via: SIP/2.0/UDP 135.180.130.133;rport;branch=z9hG4bKkdjuw
Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E
l: 0

`),
  },
  {
    name: 'badaspec: spaces within an addr-spec',
    section: '3.1.2.14',
    answer: 400,
    message: wire(`
OPTIONS sip:user@example.org SIP/2.0
Via: SIP/2.0/UDP host4.example.com:5060;rport;branch=z9hG4bKkdju43234
Max-Forwards: 70
From: "Bell, Alexander" <sip:a.g.bell@example.com>;tag=433423
To: "Watson, Thomas" < sip:t.watson@example.org >
Call-ID: badaspec.sdf0234n2nds0a099u23h3hnnw009cdkne3
Accept: application/sdp
CSeq: 3923239 OPTIONS
l: 0

`),
  },
  {
    name: 'baddn: a display name that needs quotes',
    section: '3.1.2.15',
    answer: 400,
    message: wire(`
OPTIONS sip:t.watson@example.org SIP/2.0
Via: SIP/2.0/UDP c.example.com:5060;rport;branch=z9hG4bKkdjuw
Max-Forwards: 70
From: Bell, Alexander <sip:a.g.bell@example.com>;tag=43
To: Watson, Thomas <sip:t.watson@example.org>
Call-ID: baddn.31415@c.example.com
Accept: application/sdp
CSeq: 3923239 OPTIONS
l: 0

`),
  },
  {
    name: 'badvers: unknown protocol version',
    section: '3.1.2.16',
    answer: 505,
    message: wire(`
OPTIONS sip:t.watson@example.org SIP/7.0
Via: SIP/7.0/UDP c.example.com;rport;branch=z9hG4bKkdjuw
Max-Forwards: 70
From: A. Bell <sip:a.g.bell@example.com>;tag=qweoiqpe
To: T. Watson <sip:t.watson@example.org>
Call-ID: badvers.31417@c.example.com
CSeq: 1 OPTIONS
l: 0

`),
  },
  {
    name: 'mismatch01: start line and CSeq disagree on the method',
    section: '3.1.2.17',
    answer: 400,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=34525
Max-Forwards: 6
Call-ID: mismatch01.dj0234sxdfl3
CSeq: 8 INVITE
Via: SIP/2.0/UDP host.example.com;rport;branch=z9hG4bKkdjuw
l: 0

`),
  },
  {
    name: 'mismatch02: the same with an unknown method',
    section: '3.1.2.18',
    answer: 400,
    message: wire(`
NEWMETHOD sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=34525
Max-Forwards: 6
Call-ID: mismatch02.dj0234sxdfl3
CSeq: 8 INVITE
Contact: <sip:caller@host.example.net>
Via: SIP/2.0/UDP host.example.net;rport;branch=z9hG4bKkdjuw
${withSdp}`),
  },
  {
    name: 'bigcode: overlarge response code',
    section: '3.1.2.19',
    answer: 'none',
    message: wire(`
SIP/2.0 4294967301 better not break the receiver
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: bigcode.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 353494 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

`),
  },
  {
    name: 'badbranch: the magic cookie alone identifies nothing; matched the old way',
    section: '3.2.1',
    answer: 200,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: sip:caller@example.org;tag=33242
Max-Forwards: 3
Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK
Accept: application/sdp
Call-ID: badbranch.sadonfo23i420jv0as0derf3j3n
CSeq: 8 OPTIONS
l: 0

`),
  },
  {
    name: 'insuf: required headers missing',
    section: '3.3.1',
    answer: 400,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
CSeq: 193942 INVITE
Via: SIP/2.0/UDP 192.0.2.95;rport;branch=z9hG4bKkdj.insuf
${withSdp}`),
  },
  {
    name: 'unkscm: Request-URI of an unknown scheme',
    section: '3.3.2',
    answer: 416,
    message: wire(`
OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=384
Max-Forwards: 3
Call-ID: unkscm.nasdfasser0q239nwsdfasdkl34
CSeq: 3923423 OPTIONS
Via: SIP/2.0/TCP host9.example.com;rport;branch=z9hG4bKkdjuw39234
Content-Length: 0

`),
  },
  {
    name: 'novelsc: Request-URI of a known scheme that is not ours',
    section: '3.3.3',
    answer: 416,
    message: wire(`
OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=384
Max-Forwards: 3
Call-ID: novelsc.asdfasser0q239nwsdfasdkl34
CSeq: 3923423 OPTIONS
Via: SIP/2.0/TCP host9.example.com;rport;branch=z9hG4bKkdjuw39234
Content-Length: 0

`),
  },
  {
    name: 'unksm2: unknown schemes in other headers',
    section: '3.3.4',
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
To: isbn:2983792873
From: <http://www.example.com>;tag=3234233
Call-ID: unksm2.daksdj@hyphenated-host.example.com
CSeq: 234902 REGISTER
Max-Forwards: 70
Via: SIP/2.0/UDP 192.0.2.21:5060;rport;branch=z9hG4bKkdjuw
Contact: <name:John_Smith>
l: 0

`),
  },
  {
    name: 'bext01: unknown extensions required',
    section: '3.3.5',
    answer: 420,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:j_user@example.com
From: sip:caller@example.net;tag=242etr
Max-Forwards: 6
Call-ID: bext01.0ha0isndaksdj
Require: nothingSupportsThis, nothingSupportsThisEither
Proxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis
CSeq: 8 OPTIONS
Via: SIP/2.0/TLS fold-and-staple.example.com;rport;branch=z9hG4bKkdjuw
Content-Length: 0

`),
  },
  {
    name: 'invut: a body of unknown type',
    section: '3.3.6',
    answer: 415,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
Contact: <sip:caller@host5.example.net>
To: sip:j.user@example.com
From: sip:caller@example.net;tag=8392034
Max-Forwards: 70
Call-ID: invut.0ha0isndaksdjadsfij34n23d
CSeq: 235448 INVITE
Via: SIP/2.0/UDP somehost.example.com;rport;branch=z9hG4bKkdjuw
Content-Type: application/unknownformat
Content-Length: 40

<audio>
 <pcmu port="443"/>
</audio>
    `),
  },
  {
    name: 'regaut01: unknown authorization scheme',
    section: '3.3.7',
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=87321hj23128
Max-Forwards: 8
Call-ID: regaut01.0ha0isndaksdj
CSeq: 9338 REGISTER
Via: SIP/2.0/TCP 192.0.2.253;rport;branch=z9hG4bKkdjuw
Authorization: NoOneKnowsThisScheme opaque-data=here
Content-Length:0

`),
  },
  {
    name: 'multi01: single headers more than once',
    section: '3.3.8',
    answer: 400,
    message: wire(`
INVITE sip:user@company.com SIP/2.0
Contact: <sip:caller@host25.example.net>
Via: SIP/2.0/UDP 192.0.2.25;rport;branch=z9hG4bKkdjuw
Max-Forwards: 70
CSeq: 5 INVITE
Call-ID: multi01.98asdh@192.0.2.1
CSeq: 59 INVITE
Call-ID: multi01.98asdh@192.0.2.2
From: sip:caller@example.com;tag=3413415
To: sip:user@example.com
To: sip:other@example.net
From: sip:caller@example.net;tag=2923420123
Content-Type: application/sdp
l: ${sdp.length + 8}
Contact: <sip:caller@host36.example.net>
Max-Forwards: 5

${sdp}`),
  },
  {
    name: 'mcl01: two Content-Lengths',
    section: '3.3.9',
    answer: 400,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
Via: SIP/2.0/UDP host5.example.net;rport;branch=z9hG4bK293423
To: sip:user@example.com
From: sip:other@example.net;tag=3923942
Call-ID: mcl01.fhn2323orihawfdoa3o4r52o3irsdf
CSeq: 15932 OPTIONS
Content-Length: 13
Max-Forwards: 60
Content-Length: 5
Content-Type: text/plain

There's no way to know how many octets are supposed to be here.
`),
  },
  {
    name: 'bcast: a response whose Via names the broadcast address',
    section: '3.3.10',
    answer: 'none',
    message: wire(`
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23
Call-ID: bcast.0384840201234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Contact: <sip:user@host28.example.com>
${withSdp}`),
  },
  {
    name: 'zeromf: Max-Forwards of zero, and we are the end of the way',
    section: '3.3.11',
    answer: 200,
    message: wire(`
OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: sip:caller@example.net;tag=3ghsd41
Call-ID: zeromf.jfasdlfnm2o2l43r5u0asdfas
CSeq: 39234321 OPTIONS
Via: SIP/2.0/UDP host1.example.com;rport;branch=z9hG4bKkdjuw2349i
Max-Forwards: 0
Content-Length: 0

`),
  },
  ...[
    ['cparam01: Contact header parameters', '3.3.12', 'sip:+19725552222@gw1.example.net;unknownparam'],
    ['cparam02: Contact URI parameters', '3.3.13', '<sip:+19725552222@gw1.example.net;unknownparam>'],
    ['regescrt: escaped headers in the Contact URI', '3.3.14', '<sip:user@example.com?Route=%3Csip:sip.example.com%3E>'],
  ].map(([name = '', section = '', contact = '']) => ({
    name,
    section,
    answer: 401,
    message: wire(`
REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP saturn.example.com:5060;rport;branch=z9hG4bKkdjuw${section}
Max-Forwards: 70
From: sip:watson@example.com;tag=DkfVgjkrtMwaerKKpe
To: sip:watson@example.com
Call-ID: ${section}.70710@saturn.example.com
CSeq: 2 REGISTER
Contact: ${contact}
l: 0

`),
  })),
  {
    name: 'sdp01: a caller that does not take SDP',
    section: '3.3.15',
    answer: 406,
    message: wire(`
INVITE sip:user@example.com SIP/2.0
To: sip:j_user@example.com
Contact: <sip:caller@host15.example.net>
From: sip:caller@example.net;tag=234
Max-Forwards: 5
Call-ID: sdp01.ndaksdj9342dasdd
Accept: text/nobodyKnowsThis
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;rport;branch=z9hG4bKkdjuw
${withSdp}`),
  },
  {
    name: 'inv2543: an INVITE of the old standard, without tag and branch',
    section: '3.4.1',
    answer: 486,
    message: wire(`
INVITE sip:UserB@example.com SIP/2.0
Via: SIP/2.0/UDP iftgw.example.com
From: <sip:+13035551111@ift.client.example.net;user=phone>
Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
To: sip:+16505552222@ss1.example.net;user=phone
Call-ID: inv2543.1717@ift.client.example.com
CSeq: 56 INVITE
Content-Type: application/sdp

${sdp}`),
  },
];

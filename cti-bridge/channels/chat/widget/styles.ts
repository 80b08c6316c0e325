/** Names and values as the desktop's tokens; the site's own colours come beside it, see `colours.ts`. */
const lightTheme = `
--surface:#ffffff;--sunk:#f3f4f6;--hover:#e8eaee;--line:#e5e7eb;--field:#878e9b;--text:#14171c;--text-2:#444b58;--text-3:#626a78;
--warn:#8a4a03;--warn-soft:#fdf1dc;--broken:#ad221b;--broken-soft:#fdecea;--ready:#157a45;--shadow:0 0 0 1px rgb(20 23 28/.06),0 16px 40px -8px rgb(20 23 28/.24);color-scheme:light;`;
const darkTheme = `
--surface:#131619;--sunk:#1f242a;--hover:#2a3038;--line:#2c3239;--field:#6b7482;--text:#eceef1;--text-2:#b4bbc6;--text-3:#8d96a4;
--warn:#eaae57;--warn-soft:#2d2010;--broken:#f48c84;--broken-soft:#34191a;--ready:#67c891;--shadow:0 0 0 1px rgb(255 255 255/.1),0 16px 40px -8px rgb(0 0 0/.7);color-scheme:dark;`;

/** The grounds that the site's colour must stand out from. */
export const grounds = {
  light: { surface: '#ffffff', sunk: '#f3f4f6' },
  dark: { surface: '#131619', sunk: '#1f242a' },
} as const;

export const styles = `
:host{all:initial;${lightTheme}}
:host([data-theme=dark]){${darkTheme}}
*,*::before,*::after{box-sizing:border-box}
.widget{position:fixed;z-index:2147483000;bottom:20px;right:20px;font:14px/20px -apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Inter,Roboto,"Noto Sans","PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;color:var(--text);-webkit-font-smoothing:antialiased;text-align:start}
.widget.left{right:auto;left:20px}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer;border:0;background:none;padding:0;-webkit-tap-highlight-color:transparent}
button:disabled{cursor:default}
:focus{outline:none}
:focus-visible{outline:2px solid var(--site-text);outline-offset:2px}
.icon{width:20px;height:20px;display:block;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.launcher{display:flex;align-items:center;justify-content:center;margin-inline-start:auto;width:56px;height:56px;border-radius:28px;background:var(--site);color:var(--on-site);box-shadow:0 1px 2px rgb(20 23 28/.2),0 8px 24px -6px rgb(20 23 28/.36);transition:background 90ms,transform 160ms cubic-bezier(.2,.8,.2,1);position:relative}
.left .launcher{margin-inline:0 auto}
.launcher:hover{background:var(--site-hover);transform:translateY(-1px)}
.launcher .icon{width:26px;height:26px}
.launcher .icon-down{display:none}
.open .launcher .icon-down{display:block}
.open .launcher .icon-chat{display:none}
.badge{position:absolute;top:-3px;right:-3px;min-width:20px;height:20px;padding:0 5px;border-radius:10px;background:#c62f27;color:#fff;font:600 12px/20px inherit;font-family:inherit;font-size:12px;line-height:20px;font-weight:600;text-align:center;font-variant-numeric:tabular-nums;box-shadow:0 0 0 2px var(--surface)}
.panel{display:flex;flex-direction:column;position:absolute;bottom:72px;right:0;width:384px;height:min(640px,calc(100vh - 112px));background:var(--surface);border-radius:12px;box-shadow:var(--shadow);overflow:hidden;animation:rise 240ms cubic-bezier(.2,.8,.2,1)}
.left .panel{right:auto;left:0}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
.head{display:flex;align-items:center;gap:12px;padding:12px 8px 12px 16px;background:var(--site);color:var(--on-site);flex:none}
.mark{flex:none;display:grid;place-items:center;width:36px;height:36px;border-radius:18px;background:var(--on-site);color:var(--site);font-weight:600;overflow:hidden}
.who{flex:1;min-width:0}
h2{margin:0;font:inherit;font-size:15px;line-height:20px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.how{margin:0;font-size:13px;line-height:18px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.icon-button{flex:none;display:grid;place-items:center;width:36px;height:36px;border-radius:6px;transition:background 90ms}
.icon-button:hover:not(:disabled){background:color-mix(in srgb,currentColor 14%,transparent)}
.head :focus-visible{outline-color:var(--on-site)}
.banner{flex:none;display:flex;gap:8px;align-items:flex-start;padding:8px 16px;background:var(--warn-soft);color:var(--warn);font-size:13px;line-height:18px}
.banner .icon{width:18px;height:18px;flex:none}
.sure{flex:none;display:flex;align-items:center;gap:8px;padding:8px 16px;border-bottom:1px solid var(--line);background:var(--sunk)}
.sure p{margin:0;flex:1}
.body{flex:1;min-height:0;display:flex;flex-direction:column;position:relative}
.log{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:16px;display:flex;flex-direction:column;scrollbar-width:thin}
.log::before{content:"";margin-top:auto}
.row{display:flex;flex-direction:column;align-items:flex-start;margin-top:2px;max-width:100%}
.row.first{margin-top:12px}
.row.own{align-items:flex-end}
.bubble{max-width:86%;padding:8px 12px;border-radius:8px 8px 8px 2px;background:var(--sunk);font-size:14px;line-height:21px;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
.own .bubble{border-radius:8px 8px 2px 8px;background:var(--site);color:var(--on-site)}
.own.unsent .bubble{background:var(--site-soft);color:var(--text);box-shadow:inset 0 0 0 1px var(--line)}
.bubble a{color:inherit;text-decoration:underline;text-underline-offset:2px}
.row:not(.own) .bubble a{color:var(--site-text)}
.bubble a:focus-visible{outline-color:currentColor}
.meta{font-size:12px;line-height:16px;color:var(--text-3);padding:3px 2px 0}
.meta:empty{display:none}
.unsent .meta.late{color:var(--warn)}
.system,.day{text-wrap:balance;align-self:center;text-align:center;max-width:90%;margin:14px 0 2px;font-size:12px;line-height:16px;color:var(--text-3);overflow-wrap:anywhere}
.day{font-weight:600;color:var(--text-2)}
.file{display:flex;align-items:center;gap:8px;text-decoration:none!important}
.file .icon{flex:none}
.file span{min-width:0}
.file b{display:block;font-weight:600;overflow-wrap:anywhere;text-decoration:underline;text-underline-offset:2px}
.file small{font-size:12px;line-height:16px;opacity:1}
.upload{align-self:flex-end;width:min(280px,86%);margin-top:12px;padding:8px 12px;border-radius:8px;background:var(--sunk);font-size:13px}
.upload b{font-weight:600;overflow-wrap:anywhere}
.upload p{margin:2px 0 0;color:var(--text-2)}
.upload.failed p{color:var(--broken)}
.upload div{display:flex;gap:12px;margin-top:4px}
progress{display:block;width:100%;height:4px;margin-top:8px;appearance:none;border:0;border-radius:2px;overflow:hidden;background:var(--line)}
progress::-webkit-progress-bar{background:var(--line)}
progress::-webkit-progress-value{background:var(--site-text)}
progress::-moz-progress-bar{background:var(--site-text)}
.link{color:var(--site-text);font-weight:600;border-radius:4px;text-decoration:underline;text-underline-offset:2px}
.jump{position:absolute;bottom:8px;left:50%;transform:translateX(-50%);padding:6px 14px;border-radius:16px;background:var(--text);color:var(--surface);font-size:13px;line-height:20px;font-weight:600;box-shadow:0 4px 12px rgb(20 23 28/.24)}
.typing{flex:none;min-height:20px;padding:0 16px 2px;font-size:12px;line-height:18px;color:var(--text-3);display:flex;align-items:center;gap:6px}
.dots{display:flex;gap:3px}
.dots i{width:4px;height:4px;border-radius:2px;background:currentColor;animation:dot 1.2s infinite}
.dots i:nth-child(2){animation-delay:.15s}
.dots i:nth-child(3){animation-delay:.3s}
@keyframes dot{0%,60%,100%{opacity:.3}30%{opacity:1}}
.composer{flex:none;display:flex;align-items:flex-end;gap:4px;margin:0 12px 12px;padding:3px;border:1px solid var(--field);border-radius:8px;background:var(--surface)}
.composer:focus-within{border-color:var(--site-text);box-shadow:0 0 0 1px var(--site-text)}
.composer textarea{flex:1;min-width:0;border:0;background:none;resize:none;padding:7px 4px 7px 8px;font-size:14px;line-height:22px;height:36px;max-height:124px;outline:none!important}
.composer ::placeholder,.field ::placeholder{color:var(--text-3);opacity:1}
.composer .icon-button{color:var(--text-2)}
.composer .send{background:var(--site);color:var(--on-site)}
.composer .send:hover:not(:disabled){background:var(--site-hover)}
.composer .send:disabled{background:var(--sunk);color:var(--text-3)}
.page{flex:1;min-height:0;overflow-y:auto;padding:20px 16px;display:flex;flex-direction:column;gap:14px}
.page>p{margin:0;font-size:14px;line-height:21px;white-space:pre-wrap;overflow-wrap:anywhere}
.page .lead{font-size:15px;line-height:22px}
.page .soft{color:var(--text-2)}
.field{display:flex;flex-direction:column;gap:4px}
.field>.main{margin-top:4px}
.field label{font-size:13px;font-weight:600;color:var(--text-2);display:flex;justify-content:space-between}
.field label small{font-size:12px;font-weight:400;color:var(--text-3)}
.field input,.field textarea{width:100%;border:1px solid var(--field);border-radius:6px;background:var(--surface);padding:8px 10px;font-size:14px;line-height:20px}
.field textarea{resize:vertical;min-height:96px}
.field :focus{border-color:var(--site-text);box-shadow:0 0 0 1px var(--site-text);outline:none}
.field [aria-invalid=true]{border-color:var(--broken)}
.problem{margin:0;color:var(--broken);font-size:12px;line-height:16px}
.problem:empty{display:none}
.main{align-self:stretch;flex:none;padding:10px 16px;border-radius:6px;background:var(--site);color:var(--on-site);font-weight:600;text-align:center;transition:background 90ms}
.main:hover:not(:disabled){background:var(--site-hover)}
.main:disabled{background:var(--sunk);color:var(--text-3)}
.small{flex:none;padding:6px 12px;border-radius:6px;border:1px solid var(--field);background:var(--surface);font-size:13px;font-weight:600}
.small:hover{background:var(--hover)}
.good{display:flex;gap:8px;align-items:center;color:var(--ready);font-weight:600}
.rating{margin:16px 0 0;padding:12px 16px;border:1px solid var(--line);border-radius:8px;display:flex;flex-direction:column;gap:10px}
.rating h3{margin:0;font-size:14px;line-height:20px;font-weight:600}
.stars{display:flex;align-items:center;gap:2px;border:0;margin:0;padding:0;min-width:0}
.stars legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stars label{position:relative;display:grid;place-items:center;width:36px;height:36px;border-radius:6px;color:var(--text-3);cursor:pointer}
.stars label:hover{background:var(--sunk)}
.stars input{position:absolute;inset:0;margin:0;opacity:0;cursor:pointer}
.stars .on{color:var(--site-text)}
.stars .on .icon{fill:currentColor}
.stars label:focus-within{outline:2px solid var(--site-text);outline-offset:-2px}
.stars output{margin-inline-start:8px;font-size:13px;color:var(--text-2)}
.hidden-text{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){
.open .launcher{display:none}
.panel,.left .panel{position:fixed;inset:0;width:auto;height:100vh;height:100dvh;border-radius:0;animation:none}
.composer textarea,.field input,.field textarea{font-size:16px}
.icon-button{width:44px;height:44px}
.composer textarea{height:44px;padding-block:11px}
.composer{margin-bottom:max(12px,env(safe-area-inset-bottom))}
.head{padding-top:max(8px,env(safe-area-inset-top))}
}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important}.launcher:hover{transform:none}}
@media (forced-colors:active){.launcher,.panel,.bubble,.main,.composer .send{border:1px solid}}
@media print{.widget{display:none}}
`;

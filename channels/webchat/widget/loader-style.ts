/** Style of the button and the panel's frame; lives in a shadow root, so the page's own style stays out. */
export const loaderStyle = `:host{all:initial;--x:max(20px,env(safe-area-inset-right));--y:max(20px,env(safe-area-inset-bottom) + 12px)}
button,section{all:unset;box-sizing:border-box;position:fixed;z-index:2147483001;right:var(--x);bottom:var(--y)}
.left *{right:auto;left:var(--x)}
button{width:60px;height:60px;border-radius:50%;cursor:pointer;display:grid;place-items:center;color:#fff;
background:linear-gradient(145deg,#14897f,#0b5f59);box-shadow:0 6px 20px #083c3859,0 1px 3px #0003;transition:transform .18s}
button:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #0f766e}
button::before{content:"";width:32px;height:32px;background:#fff;
clip-path:path("M7 3h18a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H16l-7 6v-6H7a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4zM9 11v2.5h14V11zm0 5v2.5h9V16z")}
.open button::before{content:"✕";clip-path:none;background:none;font:24px/32px system-ui;text-align:center}
button b{position:absolute;top:-3px;right:auto;left:40px;min-width:22px;box-sizing:border-box;padding:0 5px;border-radius:11px;
border:2px solid #fff;background:#c8371f;color:#fff;font:700 12px/18px system-ui;text-align:center}
b:empty{display:none}
section{margin-bottom:72px;width:380px;height:min(620px,100vh - 120px);visibility:hidden;opacity:0;transform:translateY(12px);
transition:.18s;border-radius:18px;overflow:hidden;box-shadow:0 18px 50px #0a282647,0 2px 8px #0002;background:#faf7f1}
.open section{visibility:visible;opacity:1;transform:none}
iframe{display:block;border:0;width:100%;height:100%;color-scheme:light dark}
@media (max-width:480px),(max-height:480px){
:host section{inset:0;margin:0;width:auto;height:auto;border-radius:0;background:#0f766e;
padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
.open button{display:none}}
@media (prefers-color-scheme:dark){section{background:#14201f}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:host{display:none}}`

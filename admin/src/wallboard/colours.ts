/** The wallboard's colours for canvas; wallboard.css repeats them for the page. */
export const colours = {
  ink: '#e8f3f1',
  quiet: '#9fb7b2',
  line: '#26403c',
  panel: '#112a27',
  teal: '#2dd4bf',
  ready: '#34d399',
  busy: '#f87171',
  wrapUp: '#fbbf24',
  offline: '#5b736e',
}

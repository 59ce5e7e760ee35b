/** Names an exit among all of a flow; its line on the canvas has the same id. */
export const exitKey = (from: string, port: string) => `${from}/${port}`

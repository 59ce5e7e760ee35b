/**
 * `zh=ws://host:2700,en=wss://host:2701`, or one address alone, which then understands Chinese: a vosk-server
 * holds one model and does not say which.
 * @throws Error that names the part that cannot be read
 */
export function remoteServers(setting: string | undefined): Map<string, string> {
  const servers = new Map<string, string>()
  for (const part of (setting ?? '').split(',')) {
    const entry = part.trim()
    if (!entry) continue
    const [, locale = 'zh', url = ''] =
      /^(?:([a-z]{2,3}(?:-[A-Za-z0-9]+)*)=)?(.+)$/.exec(entry) ?? []
    if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol)) {
      throw new Error(
        `vosk-server 地址应为 ws://主机:端口。 The address of a vosk-server is ws://host:port, not ${entry}`,
      )
    }
    servers.set(locale, url)
  }
  return servers
}

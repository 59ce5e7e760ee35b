/** What the person at the terminal is told. The only place that writes to the screen besides the log. */
import type { Product } from './product.ts'

export function printBanner(product: Product, readyMs: number): void {
  const lines = [
    '',
    `  一路 Yilu — every channel, one route   (ready in ${readyMs} ms)`,
    '',
    `  演示页  Demo page   ${product.url}/`,
    `  控制台  Console     ${product.url}/admin/`,
    `  接口    REST API    ${product.url}/api/docs`,
  ]
  const { listening, fault } = product.telephone
  const udp = listening.find(({ transport }) => transport === 'udp')
  if (udp) lines.push(`  电话    Telephone   sip:12301@${udp.host}:${udp.port}`)
  else
    lines.push(
      '  电话未开通,换一个端口:YILU_SIP_PORT · No telephone; choose another port: YILU_SIP_PORT',
      `    ${fault ?? ''}`,
    )
  if (product.credentials.length) {
    lines.push('', '  只显示这一次 · Shown this once:')
    for (const { userName, password, role } of product.credentials)
      lines.push(`    ${userName.padEnd(8)} ${password}   (${role})`)
  }
  if (product.store === 'embedded') {
    lines.push(
      '',
      '  数据存于内置引擎,适合单机与试用;生产环境请设置 MONGODB_URI。',
      '  Data is kept by the embedded engine, for one machine; set MONGODB_URI for production.',
    )
  }
  lines.push('', '  Ctrl-C 结束 · Ctrl-C stops', '')
  console.log(lines.join('\n'))
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'
import type { RunOptions } from 'axe-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

// Minified: each page parses it, and the full source takes four times as long.
const source = readFileSync(resolve('node_modules/axe-core/axe.min.js'), 'utf8')

/** Returns what axe finds on a page: by all of its rules, or by these alone. */
export async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const options: RunOptions = { resultTypes: ['violations'], ...(rules.length > 0 ? { runOnly: rules } : {}) }
  return page.evaluate(async (options) => {
    const { violations } = await window.axe.run(options)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`).join(', ')}`)
  }, options)
}

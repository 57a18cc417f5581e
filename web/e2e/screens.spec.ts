import type { Page } from '@playwright/test'
import { findings } from './axe'
import { byDay } from './nightly'
import { walks } from './screens'
import { expect, test } from './site'
import { invitees } from './walks/invitees'
import { running } from './walks/running'

// Every screen of the site, in every state that it has: axe finds nothing in either theme, nothing scrolls sideways and
// no text is cut off, on a small phone and on a desk. By day it is the screens of the room and those of invitees. At night it is all of
// them, axe looks at both widths, and a phone of 390 pixels comes in between.
const widths = byDay([390, 320, 1280], (width) => width !== 390)
const inspected = byDay([320, 1280], (width) => width === 320)

for (const walk of byDay(walks, (walk) => [running, invitees].includes(walk))) {
  test(`every screen of ${walk.name} can be read by everyone`, async ({ site }) => {
    await walk.go(site, async (page, name) => {
      const before = page.viewportSize()
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
        expect.soft(await misfits(page), `${name} at ${width} px`).toEqual([])
        if (inspected.includes(width)) expect.soft(await findings(page), `${name} at ${width} px`).toEqual([])
      }
      // Only colours change with the theme.
      await page.emulateMedia({ colorScheme: 'dark' })
      expect.soft(await findings(page, 'color-contrast', 'link-in-text-block'), `${name}, dark`).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
      if (before) await page.setViewportSize(before)
    })
  })
}

/** Whatever does not fit: a page or a box that scrolls sideways, and text that leaves the box that shows it. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`)
    const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.className.toString().split(' ').join('.')} “${element.textContent?.trim().slice(0, 40) ?? ''}”`
    // Said to screen readers alone, or not drawn.
    const unseen = (element: Element) => element.closest('.visually-hidden, .skip, option') !== null || element.getBoundingClientRect().width <= 1 || !element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })
    const explained = (element: Element) => element.closest('[title]') !== null || element.closest('button[aria-label]') !== null

    for (const element of document.querySelectorAll('body *')) {
      const { overflowX } = getComputedStyle(element)
      if ((overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + 1 && !unseen(element)) found.push(`scrolls sideways: ${nameOf(element)}`)
    }
    // A browser draws the chosen option by itself, and cuts it off without a sign.
    const pen = document.createElement('canvas').getContext('2d')
    for (const select of document.querySelectorAll('select')) {
      const { font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(select)
      const words = select.selectedOptions[0]?.text ?? ''
      if (!pen || unseen(select)) continue
      pen.font = font
      if (pen.measureText(words).width > select.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd) + 1) found.push(`cut in its field: “${words}”`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement
      if (!node.textContent?.trim() || !holder || unseen(holder)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const text = range.getBoundingClientRect()
      for (let box: Element | null = holder; box && box !== root; box = box.parentElement) {
        const style = getComputedStyle(box)
        if (style.display === 'inline' || style.display === 'contents') continue
        const edge = box.getBoundingClientRect()
        const out = text.right > edge.right + 1 || text.left < edge.left - 1
        if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') {
          if (out && !explained(box)) found.push(`cut without saying the whole: ${nameOf(box)}`)
          break
        }
        const low = style.overflowY === 'hidden' && (text.bottom > edge.bottom + 1 || text.top < edge.top - 1)
        if (low && !out && box.closest('button[aria-expanded="false"]')) break // pressing it shows the whole
        if (out || low) {
          found.push(`text leaves its box: ${nameOf(box)}`)
          break
        }
        if (style.position === 'fixed' || style.position === 'absolute') break
      }
    }
    return found
  })
}

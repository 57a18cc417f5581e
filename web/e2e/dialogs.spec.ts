import { makeRoom } from './people'
import { expect, test } from './site'

test('a toast covers nothing of an open dialog at any width, and a draft outlives Escape and a click outside', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await site.account('max@example.net', 'Maximiliane Leopoldine Theodora', 'von Hohenstaufen und Wittelsbach')
  await makeRoom(manager, 'Garden council')
  await manager.getByRole('button', { name: 'More for this room' }).click()
  await manager.getByRole('menuitem', { name: 'Managers' }).click()
  const dialog = manager.getByRole('dialog')
  const person = dialog.getByLabel('Person')
  await person.fill('hohen')
  await dialog.getByRole('option', { name: /Maximiliane/ }).click()
  await dialog.getByRole('button', { name: 'Add manager' }).click()
  const role = dialog.getByLabel(/^Manager role of Maximiliane/)
  const toast = manager.locator('.toast')
  for (const [width, height, next, words] of [[320, 568, 'CO_PUBLISHER', 'co-publisher'], [390, 844, 'CO_EDITOR', 'co-editor'], [1280, 800, 'CO_OWNER', 'co-owner']] as const) {
    await manager.setViewportSize({ width, height })
    await role.selectOption(next)
    await expect(toast).toContainText(words)
    const at = await toast.boundingBox()
    const below = await dialog.boundingBox()
    if (!at || !below) throw new Error('measure the toast and the dialog: one is not shown')
    expect(at.y, `${width}`).toBeGreaterThanOrEqual(0)
    expect(at.y + at.height, `${width}`).toBeLessThanOrEqual(below.y)
    expect(below.y + below.height, `${width}`).toBeLessThanOrEqual(height + 1)
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeInViewport({ ratio: 1 })
  }

  await manager.setViewportSize({ width: 1280, height: 800 })
  const keep = dialog.getByRole('button', { name: 'Keep typing' })
  for (const leave of [() => manager.keyboard.press('Escape'), () => manager.mouse.click(5, 790)]) {
    await person.fill('nobody')
    await dialog.getByRole('heading', { name: 'Managers' }).click() // closes the suggestions
    await leave()
    await keep.click()
    await expect(person).toHaveValue('nobody')
  }
})

test('a dialog shades the edge behind which more can be scrolled, until its end', { tag: '@night' }, async ({ site }) => {
  const { manager } = site
  await manager.goto('/')
  await manager.setViewportSize({ width: 1280, height: 500 })
  await manager.getByRole('button', { name: 'New room' }).first().click()
  const body = manager.locator('.dialog__body')
  const foot = manager.locator('.dialog__foot')
  await expect(foot).toBeInViewport({ ratio: 1 })
  // The left border of the body has nothing but its background.
  const edge = async () => {
    const box = await foot.boundingBox()
    if (!box) throw new Error('measure the foot: it is not shown')
    return (await manager.screenshot({ clip: { x: box.x + 4, y: box.y - 3, width: 1, height: 2 }, animations: 'disabled' })).toString('base64')
  }
  const more = await edge()
  await body.evaluate((shown) => shown.scrollTo(0, shown.scrollHeight))
  await expect.poll(edge).not.toBe(more)
})

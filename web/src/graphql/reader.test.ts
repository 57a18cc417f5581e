import { beforeEach, expect, it, vi } from 'vitest'
import { openReader } from './reader'

beforeEach(() => vi.useFakeTimers())

/** Returns a reader, how often it read, and a function that ends the read of now. */
function opened() {
  const asked: ((answered: boolean) => void)[] = []
  const reader = openReader(() => new Promise((resolve) => asked.push(resolve)))
  const answer = async (answered: boolean) => {
    asked.at(-1)?.(answered)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { ...reader, times: () => asked.length, answer }
}

it('reads once more after an answer that was asked for before the last call', async () => {
  const { read, times, answer } = opened()
  read()
  read()
  read()
  expect(times()).toBe(1)
  await answer(true)
  expect(times()).toBe(2)
  await answer(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(2)
})

it('reads again until the server answers', async () => {
  const { read, times, answer } = opened()
  read()
  await answer(false)
  await vi.advanceTimersByTimeAsync(1_000)
  await answer(false)
  await vi.advanceTimersByTimeAsync(1_500)
  expect(times()).toBe(3)
  await answer(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(3)
})

it('stops', async () => {
  const { read, stop, times, answer } = opened()
  read()
  read()
  stop()
  await answer(false)
  read()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toBe(1)
})

-- One form of names: what is stored, searched and compared is the same character, whatever keyboard, PDF or old system
-- it came from. The same rule as Domain/NormalForm.swift, which says where it comes from.

CREATE FUNCTION normal_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      translate(
        -- Marks that nobody sees.
        regexp_replace(normalize(name, NFKC),
          '[\u00AD\u180B-\u180D\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFE00-\uFE0F\uFEFF\U000E0100-\U000E01EF]', '', 'g'),
        '•‧∙⋅・ᐧ⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰',
        '······民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙'),
      -- A full stop between Han characters is the dot of a name.
      '(?<=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])\.(?=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])', '·', 'g'),
    '[\s\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g'),
    ' ?· ?', '·', 'g'),
    '(?<=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD]) (?=[〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFD])', '', 'g'), ' ')
$$;
GRANT EXECUTE ON FUNCTION normal_name(text) TO portal_staff;

-- What stands in the register already; the original stays in the history, which a trigger writes.
UPDATE persons SET name = normal_name(name), version = version + 1
WHERE name <> normal_name(name) AND normal_name(name) <> '';
-- Of two estates whose names are one, somebody has to say which stays: only the first takes the form.
UPDATE estates e SET name = normal_name(e.name), version = version + 1
FROM (SELECT min(id) AS id FROM estates GROUP BY area, normal_name(name)
      HAVING NOT bool_or(name = normal_name(name)) AND normal_name(min(name)) <> '') f
WHERE e.id = f.id AND e.name <> normal_name(e.name);

-- Only a name, an area or a household that is another has other pieces: an import that changes a quarter of its people
-- took the pieces of each apart and put them together again.
DROP TRIGGER persons_update_grams ON persons;
CREATE TRIGGER persons_update_grams AFTER UPDATE OF name, area, household_id ON persons FOR EACH ROW
  WHEN ((OLD.name, OLD.area, OLD.household_id) IS DISTINCT FROM (NEW.name, NEW.area, NEW.household_id))
  EXECUTE FUNCTION keep_name_grams();

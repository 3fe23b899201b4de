"""A deal with 20 parties and 5 items, every check with something to do.

    python3 benches/check/deal.py > deal.toml

Names are invented but for agencies and firms that official lists name, so that screening
and ownership find what they find in a real deal. Nothing is drawn: the file is the same
each time.
"""

ROLES = ["end-user", "consignee", "intermediary", "distributor", "integrator", "bank", "carrier", "supplier"]
NAMES = [
    ("Ministry of Internal Affairs technical directorate", "uz", "police"),
    ("Silk Road Security Integration LLP", "kz", "trader"),
    ("Tengri Trade LLP", "kz", "trader"),
    ("Hangzhou Hikvision Digital Technology Co., Ltd.", "cn", "company"),
    ("Zhejiang Dahua Technology Co., Ltd.", "cn", "company"),
    ("SenseTime Group Limited", "hk", "company"),
    ("Aurora Logistics GmbH", "de", "company"),
    ("Northgate Trading Ltd", "gb", "trader"),
    ("Baltic Freight Partners OU", "ee", "trader"),
    ("Kestrel Optics SARL", "fr", "company"),
    ("Al Noor Systems FZE", "ae", "trader"),
    ("Meridian Software Lda", "pt", "company"),
    ("Yakima Data Services Inc.", "us", "company"),
    ("Urumqi Public Safety Institute", "cn", "university"),
    ("Banco del Litoral SA", "ec", "company"),
    ("Vostok Komplekt OOO", "ru", "trader"),
    ("Sichuan Optical Components Factory", "cn", "company"),
    ("Helvetia Test Laboratories AG", "ch", "laboratory"),
    ("Samarkand City Network Operator", "uz", "telecom-operator"),
    ("Lagos Integration Partners Ltd", "ng", "trader"),
]
ITEMS = [
    ("Live face matching for 10 000 street cameras", "Matches faces in street cameras with lists that the operator sets; passers-by are not told.", '["cap.face-recognition-vms"]'),
    ("Backpack unit that collects IMSI numbers", "Presents itself as a base station and records the identities of every handset that attaches.", '["cap.imsi-catcher"]'),
    ("Traffic analysis for the national backbone", "Extracts messages and metadata, indexes them, searches by phone number, draws relations.", '["cap.ip-surveillance"]'),
    ("Voice comparison workstation", "Compares recordings with stored voice prints in bulk.", '["cap.voice-id"]'),
    ("Accelerator server", "Eight accelerators, total processing performance 15 800 each.", '["cap.ai-compute"]'),
]

print('title = "Twenty parties, five items"')
print('destination = "uz"\nplace_of_use = "uz"\nend_use = "City safety and identification of people at gatherings"')
print('transit = ["kz"]\n')
print('[seller]\nname = "The seller"\ncountry = "de"\n')
print('[nexus]\nlegal_seat = "de"\nplace_of_export = "de"\nus_persons = true\nus_origin = false\nus_content_percent = 31\nus_direct_product = false\nbrokering = false\ntechnical_assistance = true\n')
for name, text, can in ITEMS:
    print(f'[[items]]\nname = "{name}"\ndescription = "{text}"\ncapabilities = {can}\norigin = "de"\n')
for at, (name, country, function) in enumerate(NAMES):
    role = ROLES[0] if at == 0 else ROLES[1 + (at - 1) % (len(ROLES) - 1)]
    print(f'[[parties]]\nid = "p{at + 1}"\nrole = "{role}"\nname = "{name}"\ncountry = "{country}"\nfunction = "{function}"\n')

"""English words by what they say about who acts and what is done. The reading rules are only as good as these lists."""

from __future__ import annotations

import re

from policytracker.tracking.reading.words import any_of, pattern, words

# -- who ----------------------------------------------------------------------------------------------------------------

STATE = pattern(
    "government govt ministry ministries ministers? minister department cabinet treasury chancellor secretary secretaries"
    " administration agency agencies authority authorities commission commissioner president presidency premier officials?"
    " prime_minister deputy_minister white_house downing_street no_10 number_10 home_office cabinet_office"
    " bureau office directorate inspectorate regulator task_?force taskforce working_group committee council board mayor"
    " the_state the_states? federal_government the_centre national_assembly_government exchequer treasurer"
    " attorney_general governor_general surgeon_general county counties city_hall municipality municipal province provincial"
    " police army navy air_force military armed_forces coast_guard nhs national_health_service hmrc hmt defra dwp mod fcdo"
    " epa fda hhs cms doe dot hud usda dhs dod cdc nih nasa fema sec ftc fcc irs va interior_department state_department"
    " pentagon niti_aayog union_minister chief_minister cs ps principal_secretary cabinet_secretary kenya_revenue_authority"
    " spokesman spokeswoman spokesperson envoy ambassador parks_service service_canada statistics_office revenue_agency"
    " task_teams? task_groups? steering_groups? working_part(?:y|ies) expert_panel advisory_panel technical_team project_team institute_of_health land_authority housing_board corporation_of_india railways indian_railways post_office taoiseach"
    " shri smt t[aá]naiste junta ruling_party governing_coalition foreign_office crown_prosecution_service public_health_agency"
)
COLLECTIVE = re.compile(r"^(?:we|i|our\s+\w+|my\s+\w+)\b", re.IGNORECASE)
PRONOUN = re.compile(r"^(?:(?:and|but|so|then)\s+)?(?:it|they|he|she|both|who|which|that)$", re.IGNORECASE)
PARTY = re.compile(
    any_of(
        "opposition shadow conservatives? tory tories lib_dems? liberal_democrats? republicans? democrats? bjp greens sinn_f[eé]in"
        " labour labor coalition reform_uk snp ndp bloc_qu[eé]b[eé]cois party parties candidate senators? representatives? lawmakers?"
        " congressman congresswoman mps? tds? peers? backbenchers? mk mla challenger rival rivals campaign manifesto congress"
        " congress_leader leader_of_the_house speaker legislators? parliamentarians? governor_of_california nominee"
    )
    + r"|\bSens?\.|\bReps?\.",
    re.IGNORECASE,
)
OTHERS = pattern(
    "corp inc ltd plc llc pte gmbh holdings company companies firm firms corporation airline airlines manufacturer maker makers retailer supermarket chain bank banks"
    " lender lenders central_bank bank_of_england bank_of_korea bank_of_japan federal_reserve the_fed reserve_bank imf oecd"
    " world_bank moody’s fitch union unions campaigner campaigners activist activists protesters? residents? locals farmers’_union"
    " farmers’_unions doctors’_association association federation chamber alliance charity charities ngo ngos think_tank"
    " institute_for analysts? economists? experts? scientists? researchers? forecasters? forecast critics? observers? academics? professor"
    " study survey poll court courts judge judges tribunal jury prosecutors? police_union lawyers? newspaper magazine"
    " editors? investors? shareholders? shares stocks markets? index price prices costs? inflation economy growth gdp output unemployment deficit"
    " debt exports imports revenue temperature temperatures rain snow storm storms weather monsoon climate voters? drivers?"
    " commuters? consumers? shoppers? motorists? customers? club team coach player players fans film band singer"
    " met_office weather_department ofgem eurostat treasury_forecasts rebels? militants? hamas hezbollah taliban gunmen"
    " startup start-up operator developer developers ceo chief_executive boss chairman founder church bishop university"
    " microsoft google apple amazon meta tesla toyota samsung hyundai boeing airbus shell bp siemens tata reliance adani infosys"
    " tata_motors national_trust red_cross unicef amnesty greenpeace oxfam doctors workers teachers’_union miners dockers",
)
INSTRUMENT = pattern(
    "order orders executive_order decree memorandum proclamation notice circular "
    "bill law laws legislation act amendment rule rules regulation regulations directive scheme programme program plan plans"
    " strategy strategies fund funds funding budget package reform reforms policy policies initiative project projects review"
    " reviews inquiry investigation consultation report reports response white_paper green_paper proposal proposals measure"
    " measures change changes tax taxes levy cap tariff tariffs duty duties grant grants subsidy subsidies allowance benefit"
    " benefits payment payments pension pensions investment investments centre centres center centers hub hubs unit units"
    " body task_force pilot pilots trial trials system systems service services network line lines road roads highway bridge"
    " railway station hospital hospitals school schools home homes house houses dam register registry website portal platform"
    " helpline app money construction work works recruitment hiring training guidance framework agreement deal treaty"
    " roadmap road_map blueprint mission facility facilities support relief vouchers? loan loans credit credits scholarship"
    " licen[cs]e fees? fares? threshold ban restrictions? moratorium protections? standards? powers teams? officers? teachers?"
    " nurses? posts jobs places clinics? labs? laboratories station stations section phase stage application applications"
    " drive campaign rollout roll-out exercise audit assessment results? list database committee forum summit conference"
    " decision announcement update statement data figures expansion extension delivery implementation resources effort efforts"
    " upgrade upgrades improvements? package packages incentive incentives stimulus blueprint mission missions path paths lane lanes track tracks tunnel bill bills course courses contract contracts tender auction round sale memorial museum park parks reserve day",
)
RECEIVERS = pattern(
    "seniors senior_citizens commuters passengers learners patient patients pupil pupils student students parent parents family families household households people person persons"
    " worker workers employee employees business businesses sme smes small_firms farmer farmers fishermen tenant tenants renters"
    " women woman girls boys child children pensioners pensioner retirees veterans victims survivors citizens resident residents"
    " youth youths graduates apprentices borrowers homeowners buyers first-time_buyers carers no_one nobody everyone everybody anyone"
    " states councils local_authorities schools trusts hospitals teachers nurses doctors households applicants holders individuals"
    " communities taxpayers claimants recipients jobseekers migrants refugees singaporeans australians canadians kenyans"
    " nigerians britons americans new_zealanders koreans citizen buyer",
)
FORMER = pattern(
    "previous_government previous_administration former_government former_administration last_government outgoing_government"
    " predecessor predecessors previous_conservative previous_labour trump_administration_had earlier_government"
    " successive_governments past_governments former_minister former_president former_prime_minister ex-minister"
)
MONEY = re.compile(
    r"(?:[£$€₩₹¥]|\b(?:Rs\.?|KSh|Ksh|Sh|US\$|A\$|S\$|C\$|NZ\$|R|₦|N)\s?)\d|\b\d[\d.,]*\s*(?:million|billion|trillion|crore|lakh|bn|m)\b",
    re.IGNORECASE,
)

# -- what ---------------------------------------------------------------------------------------------------------------

ITINERARY = words(
    "meet visit attend travel speak address arrive fly depart tour accompany sit appear testify greet welcome brief"
)
VAGUE = words(
    "strive seek endeavour endeavor try work continue support promote strengthen enhance improve explore consider examine remain"
    " focus prioritise prioritize encourage help foster boost deepen advance ensure stand maintain keep pursue cooperate"
    " collaborate coordinate engage monitor listen protect defend uphold step address tackle fight back respond look double"
    " intensify accelerate bolster expand push champion make do take safeguard deliver assist champion urge stay reaffirm"
)
CONCRETE = words(
    "publish launch open establish set build create introduce sign submit appoint recruit hire fund invest spend pay provide"
    " allocate award grant issue release table legislate ban abolish repeal scrap cut raise increase lower halve double extend"
    " cap lift hold host convene complete finish finalise finalize deliver install plant roll roll-out expand replace purchase"
    " buy deploy construct electrify connect distribute register review consult report announce unveil present conduct carry"
    " implement enact amend ratify close retire dissolve merge transfer hand commission start begin stop end send dispatch"
    " hire train offer waive freeze impose levy remove bring draft propose develop prepare compile print repair restore reopen"
    " upgrade supply procure nominate reduce phase require allow give make resettle vaccinate inspect tender auction relocate"
    " reform undertake reimburse compensate subsidise subsidize settle simplify digitise digitize dredge facilitate resume"
)
OUTCOME = re.compile(
    r"\b(?:reduc\w+|cut(?:ting)?\s+(?:\w+\s+){0,6}(?:by|to|in\s+half)|halv\w+|doubl\w+|tripl\w+|eliminat\w+|eradicat\w+|end(?:ing)?\s+(?:child\s+|extreme\s+)?(?:poverty|homelessness|hunger|violence|malaria|AIDS)"
    r"|achiev\w+|attain\w*|reach(?:ing)?|become|becoming|increas\w+\s+(?:the\s+)?(?:share|number|proportion|rate|cover|access|output|production)|rais(?:e|ing)\s+(?:\w+\s+){0,4}to"
    r"|lower\w*|bring(?:ing)?\s+down|improv\w+|lift\w*\s+\w+\s+out|creat\w+\s+(?:[\d,.]+|million|thousand)\w*\s+(?:\w+\s+){0,3}jobs|make\s+it\s+(?:easier|simpler|cheaper)"
    r"|close\s+the\s+gap|net[\s-]zero|restor\w+\s+(?:trust|peace|dialogue|confidence)|forest\s+cover|defus\w+|peace\s+and\s+prosperity)",
    re.IGNORECASE,
)
CONSEQUENCE = words(
    "mean help allow enable make lead result cause affect cost benefit hurt harm suffer face boost ease bring push drive put"
    " reduce save attract remain depend need happen rise fall grow drop shrink struggle lose miss fail know see likely prove"
    " come take continue become be have reach hit feel give let ensure support improve encourage contribute serve"
)
DUTY = re.compile(
    r"^(?:need|have|be\s+(?:forced|expected|asked|told|able|unable|difficult|hard|tough))\b",
    re.IGNORECASE,
)
NO_ACT = re.compile(
    r"^(?:not\s+)?(?:(?:play(?!\s+(?:an?|its|the|their|our|host)\b)|face|struggle|fail|lose|miss|suffer|know|see|depend)\b|be\s+(?:hoping|keen|disappointed|remembered|tested|judged|seen|felt|hit|watched|missed"
    r"|considered|regarded|viewed|treated\s+as|deemed|under\s+pressure|left|in\s+a\s+position|there|good|bad|happy|pleased|unlikely|likely|too|a\s+(?:test|challenge|blow|boost|win|disaster))"
    r"|happen|come\s+under|come\s+as|cost\s+(?:taxpayers|the)|look\s+(?:like|different)|run\s+out|have\s+(?:been|to)|need\b)",
    re.IGNORECASE,
)
RECEIVING = re.compile(
    r"^(?:also\s+|now\s+|no\s+longer\s+|only\s+)?(?:receive|get|be\s+(?:able|eligible|entitled|given|offered|paid|supported|provided|granted|allowed|protected|exempt|reimbursed|compensated|connected)"
    r"|pay|have\s+(?:an?\b|access|the\s+right|a\s+right|until|more|free|greater)|gain|keep|qualify|see\s+their)\b",
    re.IGNORECASE,
)
PAGE_FURNITURE = re.compile(
    r"\b(?:cookies?|newsletter|sign\s+up|subscribe|unsubscribe|log\s+in|all\s+rights\s+reserved|copyright|redistribut|privacy\s+policy|terms\s+(?:of|and)\s+"
    r"|this\s+(?:web)?(?:site|page)|our\s+website|click\s+here|read\s+more|share\s+this|follow\s+us|for\s+(?:further|more)\s+(?:information|details)"
    r"|press\s+office|media\s+enquiries|notes?\s+to\s+editors|contact\s+us|advertis\w+|giving\s+consent|editor['’]s\s+pick|photo\s*:|javascript|browser)\b",
    re.IGNORECASE,
)

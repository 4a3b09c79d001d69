"""A small good guide with every part, in files of its own and, of some parts, in several."""

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.guide import Guide
from megler.vocabulary.problems import errors
from tests.carriers.books import BUILD, CRITERIA, FAMILY, GUIDE_HEAD, REQUIREMENTS

HEAD = (
    GUIDE_HEAD
    + """
[rules]
file = "rules.csv"
[nicotine]
file = "nicotine.csv"
[questions]
files = ["questions-heart.csv", "questions-life.csv"]
[impairments]
file = "impairments.csv"
[ratings]
files = ["ratings-heart.csv", "ratings-life.csv"]
[triggers]
file = "triggers.csv"
[evidence]
file = "evidence.csv"
[substitutes]
file = "substitutes.csv"
[combination]
method = "add"
within_group = "worst"
points_per_table = 25
tables_max = 8
beyond = "individual_consideration"
"""
)
FILES = {
    "build.csv": BUILD,
    "criteria.csv": CRITERIA,
    "family.csv": FAMILY,
    "requirements.csv": REQUIREMENTS,
    "rules.csv": """class,requires,when,text,page
preferred,cholesterol_total <= 240 or cholesterol_total <= 260 and cholesterol_ratio <= 5.0,,Lipids,9
preferred,"count('dui', 60) == 0",age >= 25,No DUI,9
any,jurisdiction != 'NY',,,9
""",
    "nicotine.csv": """class,product,free_months,per_year,when,page
preferred,any,24,,,8
preferred,cigar,12,12,cotinine_negative,8
standard,any,12,,,8
""",
    "questions-heart.csv": """impairment,key,type,values,unit,usual,text,page
diabetes_type_2,a1c,number,,%,7.0,What is the last A1c?,20
diabetes_type_2,insulin,flag,,,no,Is insulin taken?,20
coronary_artery_disease,vessels,choice,one|two|three,,one,How many vessels?,21
coronary_artery_disease,stent,date,,,,When was the stent?,21
""",
    "questions-life.csv": """impairment,key,type,values,unit,usual,text,page
person,cotinine_negative,flag,,,yes,Would a test find no cotinine?,8
scuba,depth_ft,number,,ft,100,How deep?,30
""",
    "impairments.csv": """impairment,name,list,group,words,icd10,page
diabetes_type_2,Diabetes type 2,conditions,endocrine,adult onset diabetes|sugar,E11,20
coronary_artery_disease,Coronary artery disease,conditions,cardiovascular,,I25 I20,21
scuba,Scuba diving,avocations,avocations,,,30
dui,Driving under the influence,driving,driving,,,31
travel_risky,Risky travel,travel,travel,MX|CO,,32
finances,Finances,person,financial,,,33
""",
    "ratings-heart.csv": """impairment,rule,when,best,worst,flat_extra,flat_extra_to,flat_years,\
postpone_months,counted_from,as_user,text,page
diabetes_type_2,base,a1c <= 7.0,standard,table_2,,,,,,,Well kept,20
diabetes_type_2,base,7.0 < a1c <= 9.0,table_3,table_6,,,,,,,,20
diabetes_type_2,base,a1c > 9.0,postpone,individual_consideration,,,,6,today,,,20
diabetes_type_2,add,insulin,+50,,,,,,,,,20
diabetes_type_2,at_least,has('coronary_artery_disease'),decline,,,,,,,,,20
coronary_artery_disease,base,months_since < 6,postpone,,,,,6,,,,21
coronary_artery_disease,base,months_since >= 6 and vessels == 'one',+50,+100,,,,,,,,21
coronary_artery_disease,base,"months_since >= 6 and vessels in ['two', 'three']",+150,,,,,,,,,21
coronary_artery_disease,add,years_since_stent >= 5,-25,,,,,,,,,21
""",
    "ratings-life.csv": """impairment,rule,when,best,worst,flat_extra,flat_extra_to,flat_years,\
postpone_months,counted_from,as_user,text,page
scuba,base,depth_ft <= 100,any,,,,,,,,,30
scuba,base,depth_ft > 100,standard,,2.50,5,,,,,,30
dui,base,years_since < 1,postpone,,,,,12,since,,,31
dui,base,years_since >= 1,standard,,open,,3,,,yes,,31
travel_risky,base,days <= 30,any,,,,,,,,,32
travel_risky,base,days > 30,individual_consideration,,,,,,,,,32
finances,base,income_multiple <= 20,any,,,,,,,,,33
finances,base,income_multiple > 20,individual_consideration,,,,,,,,,33
""",
    "triggers.csv": """when,kinds,text,page
age >= 60 and has('coronary_artery_disease'),aps ecg,Heart history,40
"count('dui', 60) >= 1",mvr,,40
""",
    "evidence.csv": """kind,ordered_by,usual_days,valid_days,age_from,age_to,page
aps,agency,21,365,,,41
ecg,agency,7,365,,70,41
ecg,agency,7,180,71,,41
mib,carrier,1,,,,41
paramedical_exam,agency,10,365,,,41
mvr,carrier,2,,,,41
""",
    "substitutes.csv": """kind,within_days,stands_for,page
md_exam,180,paramedical_exam,42
""",
}


def manual(**changed: str) -> dict[str, bytes]:
    """The guide's files; `changed` texts replace files, named without ending and with _ for -."""
    files = {"edition.toml": HEAD, **FILES}
    for name, text in changed.items():
        files[next(file for file in files if file.split(".")[0].replace("-", "_") == name)] = text
    return {name: text.encode() for name, text in files.items()}


def guide_in(files: dict[str, bytes]) -> Guide:
    """The guide that files hold; they must be without error."""
    edition, _, problems = check_edition(files)
    assert edition is not None, errors(problems)
    assert edition.guide is not None
    return edition.guide
